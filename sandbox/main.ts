/** The sandbox: the whole system on one machine, with no account. */
import { Command, InvalidArgumentError, Option } from "commander";

import { Interruption } from "../delivery/interruption";
import { print, runProgram } from "../delivery/program";
import { ByHand } from "./by-hand/by-hand";
import { SandboxDirectory } from "./run/directories";
import { ENGINES, type FlinkEngine } from "./run/engine";
import { takeLock } from "./run/lock";
import { checkPrerequisites } from "./run/prerequisites";
import { type RunOutput, runOnce } from "./loop/run-once";

const directory = SandboxDirectory.chosenBy(process.env);
const interruption = new Interruption();

/** Output that nobody reads any more (`| head`, a runner that gave up) ends a command in order, as a stop signal does. */
function stopWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => {
      if (!interruption.signal) interruption.request("SIGTERM");
    });
  }
}

/** Runs a command under the lock, after a look at what the machine offers. */
function underLock(name: string, command: () => Promise<void>, engine?: FlinkEngine): void {
  runProgram(async () => {
    interruption.listenToProcess();
    stopWhenNobodyReads();
    const found = checkPrerequisites({
      node: process.versions.node,
      environment: process.env,
      directory,
      ...(engine === undefined ? {} : { engine }),
    });
    const releaseLock = takeLock(directory.lockFile, name);
    try {
      print(found.join(", "));
      await command();
      return 0;
    } finally {
      releaseLock();
    }
  });
}

function wholeDays(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new InvalidArgumentError("It must be a whole number of days from 1 to 9999.");
  }
  return Number(text);
}

function engineOption(): Option {
  return new Option("--engine <engine>", "compiled: without the Table API plugin and a Java")
    .choices(ENGINES)
    .default("table-api");
}

const byHand = new ByHand(directory, interruption);
const program = new Command("sandbox")
  .enablePositionalOptions()
  .description("deploys, plans again, changes, destroys, and shows that nothing is left")
  .option("--report <file>", "write what the run has shown as JSON")
  .option("--plans <directory>", "write the plans that it makes as JSON")
  .addOption(engineOption())
  .action((output: RunOutput) => {
    underLock("run", () => runOnce(directory, interruption, output), output.engine);
  });
program
  .command("up")
  .description("start the world and moto, and keep them")
  .addOption(engineOption())
  .action(({ engine }: { engine: FlinkEngine }) => {
    underLock("up", () => byHand.up(engine), engine);
  });
program
  .command("deploy")
  .description("synthesize the application as it is now and deploy it")
  .argument("[stack...]", "full or short names; all when none is given")
  .action((stacks: string[]) => {
    underLock("deploy", () => byHand.deploy(stacks));
  });
program
  .command("plan")
  .description("synthesize the application as it is now and show what a deploy would change")
  .argument("[stack...]", "full or short names; all when none is given")
  .action((stacks: string[]) => {
    underLock("plan", () => byHand.plan(stacks));
  });
program
  .command("advance")
  .description(
    "let days pass in the sandbox, for what happens with time, such as the rotation of keys",
  )
  .argument("<days>", "how many", wholeDays)
  .action((days: number) => {
    underLock("advance", () => byHand.advance(days));
  });
program
  .command("destroy")
  .description("destroy what was deployed")
  .argument("[stack...]", "full or short names; all when none is given")
  .action((stacks: string[]) => {
    underLock("destroy", () => byHand.destroy(stacks));
  });
program
  .command("down")
  .description("stop the world and moto")
  .action(() => {
    underLock("down", () => byHand.down());
  });
program
  .command("status")
  .description("show what runs and what exists")
  .action(() => {
    runProgram(async () => {
      await byHand.status();
      return 0;
    });
  });
program.parse();
