import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { projectRoot } from "../provider/project-root";

/** Names another directory than the project's `.sandbox`, so that two sandboxes do not meet. */
export const DIRECTORY_VARIABLE = "LAKEHOUSE_SANDBOX_DIRECTORY";

/** Everything the sandbox writes lies here: in the project's `.sandbox`, outside of git, unless another place is named. */
export class SandboxDirectory {
  constructor(
    readonly project: string = projectRoot(),
    readonly path: string = join(project, ".sandbox"),
  ) {}

  /** The directory that {@link DIRECTORY_VARIABLE} names, else the project's own. */
  static chosenBy(environment: NodeJS.ProcessEnv): SandboxDirectory {
    const chosen = environment[DIRECTORY_VARIABLE];
    return chosen ? new SandboxDirectory(undefined, resolve(chosen)) : new SandboxDirectory();
  }

  /** Held by the one sandbox command that may run. */
  get lockFile(): string {
    return join(this.path, "lock");
  }

  /** Private Python environments, kept from run to run. */
  get python(): string {
    return join(this.path, "python");
  }

  /** Providers from the public registry, kept from run to run. */
  get pluginCache(): string {
    return join(this.path, "plugin-cache");
  }

  /** One-command runs, each in a directory of its own. */
  get runs(): string {
    return join(this.path, "runs");
  }

  /** What `up` started, until `down`. */
  get byHand(): RunDirectory {
    return new RunDirectory(join(this.path, "by-hand"));
  }

  /** The directory of a new one-command run; it is named after the time, so that names sort by age. */
  newRun(now: Date): RunDirectory {
    const name = now.toISOString().replaceAll(/[-:]/g, "").replace(/\..*/, "Z");
    return new RunDirectory(join(this.runs, name));
  }
}

/** The files of one sandbox: services, synthesized stacks, states and logs. */
export class RunDirectory {
  constructor(readonly path: string) {}

  /** Who runs here and with what; see `run-record.ts`. */
  get recordFile(): string {
    return join(this.path, "run.json");
  }

  /** `HOME` of all children: whatever they keep, they keep here. */
  get home(): string {
    return join(this.path, "home");
  }

  /** What `cdktf synth` writes. */
  get output(): string {
    return join(this.path, "cdktf.out");
  }

  /** The provider mirror with the stand-ins. */
  get mirror(): string {
    return join(this.path, "mirror");
  }

  /** Terraform's CLI configuration. */
  get cliConfiguration(): string {
    return join(this.path, "terraform.tfrc");
  }

  /** Terraform's states: one file for each stack. */
  get states(): string {
    return join(this.path, "state");
  }

  get logs(): string {
    return join(this.path, "logs");
  }

  /** What the world said. */
  get worldLog(): string {
    return join(this.logs, "world.log");
  }

  /** A line for each call to AWS. */
  get motoLog(): string {
    return join(this.logs, "moto.log");
  }

  /** Every call that the world answered. */
  get journal(): string {
    return join(this.path, "journal.ndjson");
  }

  /** What exists in the world. */
  get world(): string {
    return join(this.path, "world.json");
  }

  /** Code, logs and temporary files of Lambda functions. */
  get functions(): string {
    return join(this.path, "functions");
  }

  /** The content of pushed container images. */
  get images(): string {
    return join(this.path, "images");
  }

  /** The copy of the application that the scenario changes. */
  get changedApp(): string {
    return join(this.path, "changed-app");
  }

  /** The state file of a stack. */
  stateFile(stackName: string): string {
    return join(this.states, `${stackName}.tfstate`);
  }

  /** Makes the directories that programs expect to exist. */
  create(): this {
    for (const directory of [this.home, this.states, this.logs]) {
      mkdirSync(directory, { recursive: true, mode: 0o700 }); // states hold keys, as they do anywhere
    }
    return this;
  }
}
