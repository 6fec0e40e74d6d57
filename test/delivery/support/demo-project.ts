import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { DeliveryContext } from "../../../delivery/context";
import { markInitialised } from "../../../delivery/initialise";
import { Interruption } from "../../../delivery/interruption";
import { LogDirectory } from "../../../delivery/log-directory";
import { Manifest, type SynthesizedStack } from "../../../delivery/manifest";
import { waitUntil } from "../../../delivery/process-table";
import { endProcessesOfRun, processesOfRun } from "../../../sandbox/run/run-processes";
import { temporaryDirectory } from "../../support/temporary-directory";
import { DeliveryProgram } from "./delivery-program";
import { type FakeCall, FAKES_VARIABLE, fakeFiles, type Instructions } from "./fake-instructions";
import { deliveryPrograms, type Programs } from "./programs";

/** The stacks of the demo project, in an order that is not the one of their dependencies. */
const DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  "demo-analytics": ["demo-streams", "demo-platform"],
  "demo-streams": ["demo-platform"],
  "demo-platform": [],
};

/** Milliseconds that a test may take on a busy machine. */
const PATIENCE = 60_000;

/** A synthesized project with three initialised stacks, whose Terraform and cdktf are fakes. */
export class DemoProject {
  readonly interruption = new Interruption();
  readonly output: string;
  readonly logs: string;
  /** Where programs make their temporary files. */
  readonly temporary: string;

  constructor(
    readonly directory: string,
    readonly programs: Programs,
  ) {
    this.output = join(directory, "cdktf.out");
    this.logs = join(this.output, "logs");
    this.temporary = join(directory, "tmp");
    mkdirSync(this.temporary);
    writeManifest(this.output, DEPENDENCIES);
    Manifest.read(this.output).stacks.forEach(markInitialised);
  }

  /** What a program in this test needs in its environment. */
  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      DEPLOY_ENVIRONMENT: "demo",
      [FAKES_VARIABLE]: this.directory,
      TERRAFORM_BINARY_NAME: this.programs.terraform,
      TMPDIR: this.temporary,
    };
  }

  /** For the commands that need no compiled program. */
  context(changes: Partial<DeliveryContext> = {}): DeliveryContext {
    return {
      manifest: Manifest.read(this.output),
      projectDirectory: this.directory,
      environment: this.environment,
      terraform: this.programs.terraform,
      cdktf: [process.execPath, this.programs.cdktf],
      logs: new LogDirectory(this.logs),
      interruption: this.interruption,
      ...changes,
    };
  }

  stack(shortName: string): SynthesizedStack {
    const [stack] = Manifest.read(this.output).select([shortName]);
    if (!stack) throw new Error(`no stack ${shortName}`);
    return stack;
  }

  /** Tells the fake programs what to do. */
  instruct(instructions: Instructions): void {
    writeFileSync(fakeFiles(this.directory).instructions, JSON.stringify(instructions));
  }

  /** Lets a paused cdktf go on. */
  resume(): void {
    writeFileSync(fakeFiles(this.directory).resume, "");
  }

  /** Writes a stack's `cdk.tf.json`. */
  configure(shortName: string, configuration: unknown): void {
    writeFileSync(this.stack(shortName).configurationFile, JSON.stringify(configuration));
  }

  /** Starts the real command line. */
  start(...args: string[]): DeliveryProgram {
    return this.startWith({}, ...args);
  }

  /** Starts the real command line with other environment variables. */
  startWith(changes: NodeJS.ProcessEnv, ...args: string[]): DeliveryProgram {
    const environment = { ...this.environment, ...changes };
    return new DeliveryProgram(this.programs.main, args, this.directory, environment);
  }

  /** What has happened to the fake programs. */
  journal(): string[] {
    return linesOf(fakeFiles(this.directory).journal);
  }

  /** How the fake programs were called. */
  calls(program: FakeCall["program"]): FakeCall[] {
    return linesOf(fakeFiles(this.directory).calls)
      .map((line) => JSON.parse(line) as FakeCall)
      .filter((call) => call.program === program);
  }

  /** The last call of a program. */
  call(program: FakeCall["program"]): FakeCall {
    const call = this.calls(program).at(-1);
    if (!call) throw new Error(`${program} was not called`);
    return call;
  }

  /** Waits until an event is in the journal. */
  async until(event: string): Promise<void> {
    await this.untilTrue(() => this.journal().includes(event), event);
  }

  /** Waits until no process of this test runs any more. */
  async untilQuiet(): Promise<void> {
    await this.untilTrue(() => this.running().length === 0, "no process");
  }

  /** The programs of this test that run, whoever started them. */
  running(): string[] {
    return processesOfRun(this.directory).map(({ program }) => program);
  }

  /** The content of a log. */
  log(name: string): string {
    return readFileSync(join(this.logs, name), "utf8");
  }

  /** Ends what a failed test has left running. */
  async end(): Promise<void> {
    await endProcessesOfRun(this.directory);
  }

  async untilTrue(condition: () => boolean, what: string): Promise<void> {
    if (await waitUntil(condition, PATIENCE / 2)) return;
    const events = this.journal().join("\n");
    throw new Error(`still waiting for: ${what}; the journal says:\n${events}`);
  }
}

/** Gives each test of a file a project of its own; fails a test that leaves a process behind. */
export function demoProjects(): { readonly project: DemoProject } {
  jest.setTimeout(PATIENCE);
  const programs = deliveryPrograms();
  let current: DemoProject | undefined;
  beforeEach(() => {
    current = new DemoProject(temporaryDirectory(), programs);
  });
  afterEach(async () => {
    const left = current?.running();
    await current?.end();
    expect(left).toEqual([]);
  });
  return {
    get project() {
      if (!current) throw new Error("a project exists while a test runs");
      return current;
    },
  };
}

/** Writes what `cdktf synth` writes: stacks with their dependencies, and an empty configuration each. */
export function writeManifest(
  output: string,
  dependencies: Readonly<Record<string, readonly string[]>>,
): void {
  const stacks: Record<string, unknown> = {};
  for (const [name, needed] of Object.entries(dependencies)) {
    const workingDirectory = join("stacks", name);
    const synthesizedStackPath = join(workingDirectory, "cdk.tf.json");
    stacks[name] = { name, workingDirectory, synthesizedStackPath, dependencies: needed };
    mkdirSync(join(output, workingDirectory), { recursive: true });
    writeFileSync(join(output, synthesizedStackPath), "{}");
  }
  writeFileSync(join(output, "manifest.json"), JSON.stringify({ version: "0.21.0", stacks }));
}

function linesOf(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").slice(0, -1);
}
