/** The delivery command line: plans, deploys and destroys what `cdktf synth` wrote. */
import { join, resolve } from "node:path";

import { Command, Option } from "commander";

import { type DeliveryContext, localCdktf, terraformOf } from "./context";
import { type DeliveryListener, deployStacks, destroyStacks } from "./deliver";
import { requireEnvironment } from "./environment";
import { Interruption } from "./interruption";
import { LogDirectory } from "./log-directory";
import { Manifest, type SynthesizedStack } from "./manifest";
import { planStack } from "./plan";
import { planLines } from "./plan-text";
import { print, runProgram } from "./program";
import { UserError } from "./user-error";

interface Options {
  readonly output: string;
  readonly logs?: string;
  readonly detailedExitcode?: boolean;
  readonly autoApprove?: boolean;
}

function contextOf({ output, logs }: Options): DeliveryContext {
  const manifest = Manifest.read(output);
  requireEnvironment(manifest, process.env);
  const interruption = new Interruption();
  interruption.listenToProcess();
  return {
    manifest,
    projectDirectory: process.cwd(),
    environment: process.env,
    terraform: terraformOf(process.env),
    cdktf: localCdktf(),
    logs: new LogDirectory(logs ?? join(resolve(output), "logs")),
    interruption,
  };
}

function printing(doing: string, done: string): DeliveryListener {
  return {
    onBegin: (stack) => {
      print(`${doing} ${stack.shortName} …`);
    },
    onEnd: ({ stack, seconds }) => {
      print(`${done} ${stack.shortName} in ${seconds.toFixed(1)} s`);
    },
  };
}

async function plan(names: string[], options: Options): Promise<number> {
  const context = contextOf(options);
  let changeCount = 0;
  for (const stack of context.manifest.select(names)) {
    const stackPlan = await planStack(context, stack);
    changeCount += stackPlan.changeCount;
    planLines(stackPlan).forEach(print);
  }
  return options.detailedExitcode && changeCount > 0 ? 2 : 0;
}

async function deploy(names: string[], options: Options): Promise<number> {
  const context = contextOf(options);
  const stacks = context.manifest.select(names);
  const results = await deployStacks(context, stacks, printing("deploying", "deployed"));
  print(`${results.length} of ${stacks.length} stacks deployed; logs: ${context.logs.path}`);
  return 0;
}

async function destroy(names: string[], options: Options): Promise<number> {
  const context = contextOf(options);
  const stacks = context.manifest.select(names);
  if (!options.autoApprove) throw notApproved(stacks);
  const results = await destroyStacks(context, stacks, printing("destroying", "destroyed"));
  print(`${results.length} of ${stacks.length} stacks destroyed; logs: ${context.logs.path}`);
  return 0;
}

function notApproved(stacks: readonly SynthesizedStack[]): UserError {
  const names = stacks.map(({ name }) => name).join(", ");
  return new UserError(`this destroys ${names}: add --auto-approve if that is what you want`);
}

function addCommand(
  program: Command,
  name: string,
  description: string,
  action: (names: string[], options: Options) => Promise<number>,
  ...ownOptions: Option[]
): void {
  const command = program
    .command(name)
    .description(description)
    .argument("[stack...]", "full or short stack names; all when none is given")
    .option("--output <directory>", "what `cdktf synth` wrote", "cdktf.out")
    .option("--logs <directory>", "where to write raw logs (default: <output>/logs)")
    .action((names: string[], options: Options) => {
      runProgram(() => action(names, options));
    });
  for (const option of ownOptions) command.addOption(option);
}

const program = new Command("delivery").description(
  "Delivers the stacks of a synthesized CDKTF app, one by one.",
);
addCommand(
  program,
  "plan",
  "show what a deploy would change, drift included",
  plan,
  new Option("--detailed-exitcode", "exit with 2 when there is anything to change"),
);
addCommand(program, "deploy", "deploy stacks, each after the ones it depends on", deploy);
addCommand(
  program,
  "destroy",
  "destroy stacks, each before the ones it depends on",
  destroy,
  new Option("--auto-approve", "confirm that the stacks and all they hold are to be removed"),
);
program.parse();
