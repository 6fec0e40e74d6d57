import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";

import { deployStack, destroyStacks } from "../../delivery/deliver";
import type { Interruption } from "../../delivery/interruption";
import { Manifest, type SynthesizedStack } from "../../delivery/manifest";
import { planStack } from "../../delivery/plan";
import { planLines } from "../../delivery/plan-text";
import { isRunning } from "../../delivery/process-table";
import { print } from "../../delivery/program";
import { UserError } from "../../delivery/user-error";
import { wantedImages } from "../images/wanted-images";
import type { SandboxDirectory } from "../run/directories";
import type { FlinkEngine } from "../run/engine";
import { waitForEarlierTerraform } from "./earlier-commands";
import { startKeeper } from "./keeper-process";
import { existingObjects } from "../loop/leftovers";
import { endProcessesOfRun, processesOfRun } from "../run/run-processes";
import { readRunRecord, type RunRecord, type ServiceUrls } from "../run/run-record";
import {
  explainFailure,
  type ImagePackages,
  type RunServices,
  silentServices,
} from "../services/services";
import { resourcesInStateFile } from "../run/state-files";
import { type Progress, Provided } from "../console/steps";
import { runTasks } from "../console/task-list";
import { awsRegions } from "../terraform/aws-regions";
import { Workspace } from "../run/workspace";
import { WorldClient } from "../services/world-client";

const HOW_TO_START = "start it with `npm run sandbox -- up`";
const HOW_TO_RESTART = "start anew with `npm run sandbox -- down`, then `up`";

/** A sandbox that stays up between commands. */
interface RunningSandbox {
  readonly record: RunRecord;
  readonly services: ServiceUrls;
  readonly workspace: Workspace;
}

/** The commands with which a person runs the sandbox by hand: `up`, then any of the others, then `down`. */
export class ByHand {
  constructor(
    private readonly directory: SandboxDirectory,
    private readonly interruption: Interruption,
  ) {}

  /** Starts the world and moto, which stay until `down`; keeps the ones that run already. */
  async up(engine: FlinkEngine): Promise<void> {
    const running = this.find();
    if (running) {
      print(`already up since ${running.record.startedAt}: ${describe(running.services)}`);
      return;
    }
    await this.clearRemains();
    const workspace = this.openWorkspace(randomUUID(), engine);
    const python = new Provided<string>("the Python environment");
    const packages = new Provided<ImagePackages>("the packages of images");
    await runTasks([
      {
        title: "Install Python packages",
        run: async (progress) => {
          python.provide(await workspace.preparePython(progress));
          return "";
        },
      },
      ...(engine === "table-api"
        ? [
            {
              title: "Install the Table API plugin",
              run: async (progress: Progress) => {
                packages.provide(await workspace.prepareImagePackages(progress));
                return "";
              },
            },
          ]
        : []),
      {
        title: "Start the world and moto",
        run: async () => {
          const images = packages.isGiven ? packages.value : undefined;
          const { services } = await startKeeper(workspace, python.value, images);
          return services ? describe(services) : "";
        },
      },
    ]);
    print("next: npm run sandbox -- deploy");
  }

  /** Synthesizes the application as it is now and deploys it, or some of its stacks. */
  async deploy(names: readonly string[]): Promise<void> {
    await this.use(async ({ workspace, services }) => {
      const manifest = await workspace.synthesize(this.directory.project, "synth");
      const now = await new WorldClient(services.worldUrl).now();
      const context = workspace.deliveryContext(manifest, services, now);
      await this.pushImages(workspace, services, manifest);
      await runTasks(
        manifest.select(names).map((stack) => ({
          title: `Deploy ${stack.shortName}`,
          run: async () => {
            await deployStack(context, stack);
            await this.pushImages(workspace, services, manifest, stack);
            return `${resourcesInStateFile(workspace.run, stack.name).length} resources`;
          },
        })),
      );
    });
  }

  /** Synthesizes the application as it is now and prints what a deploy would change. */
  async plan(names: readonly string[]): Promise<void> {
    await this.use(async ({ workspace, services }) => {
      const manifest = await workspace.synthesize(this.directory.project, "synth");
      const now = await new WorldClient(services.worldUrl).now();
      const context = workspace.deliveryContext(manifest, services, now);
      await this.pushImages(workspace, services, manifest);
      for (const stack of manifest.select(names)) {
        planLines(await planStack(context, stack)).forEach(print);
      }
    });
  }

  /** Lets days pass in the world: keys become due for rotation, and what Confluent keeps for a time goes. */
  async advance(days: number): Promise<void> {
    await this.use(async ({ services }) => {
      print(`in the sandbox it is now ${await new WorldClient(services.worldUrl).advance(days)}`);
    });
  }

  /** Destroys what was deployed last, or some of its stacks. */
  async destroy(names: readonly string[]): Promise<void> {
    await this.use(async ({ workspace, services }) => {
      if (!existsSync(workspace.run.output)) {
        throw new UserError("nothing was deployed: deploy it with `npm run sandbox -- deploy`");
      }
      const manifest = Manifest.read(workspace.run.output);
      const now = await new WorldClient(services.worldUrl).now();
      const context = workspace.deliveryContext(manifest, services, now);
      await destroyStacks(context, manifest.select(names), {
        onBegin: ({ shortName }) => {
          print(`destroying ${shortName} …`);
        },
        onEnd: ({ stack, seconds }) => {
          print(`destroyed ${stack.shortName} in ${seconds.toFixed(1)} s`);
        },
      });
    });
  }

  /** Prints what runs and what exists. */
  async status(): Promise<void> {
    const running = this.find();
    if (!running) {
      print(`the sandbox is not up: ${HOW_TO_START}`);
      return;
    }
    const { record, services, workspace } = running;
    const { run } = workspace;
    print(`up since ${record.startedAt}: ${describe(services)}`);
    for (const { pid, program } of processesOfRun(record.nonce))
      print(`  process ${pid} ${program}`);
    const stacks = existsSync(run.output) ? Manifest.read(run.output).stacks : [];
    for (const { shortName, name } of stacks) {
      print(`  ${shortName}: ${resourcesInStateFile(run, name).length} resources`);
    }
    const silent = await silentServices(servicesOf(running));
    if (silent.length > 0) throw new UserError([...silent, HOW_TO_RESTART].join("\n"));
    const python = await workspace.preparePython({ note: () => undefined });
    const regions = awsRegions(stacks);
    const objects = await existingObjects({ run, services, python, regions });
    print(`  ${objects.length} objects and states`);
    print(`  files: ${run.path}`);
  }

  /** Stops the world and moto; whatever is still deployed ceases to exist with them. */
  async down(): Promise<void> {
    const record = readRunRecord(this.directory.byHand);
    if (!record) {
      print("the sandbox is not up");
      return;
    }
    await endProcessesOfRun(record.nonce);
    rmSync(this.directory.byHand.path, { recursive: true });
    print("stopped; nothing is left of it");
  }

  /** Does what a pipeline does for people who deploy: pushes images, once the repository is there. */
  private async pushImages(
    workspace: Workspace,
    services: ServiceUrls,
    { stacks }: Manifest,
    after?: SynthesizedStack,
  ): Promise<void> {
    const owner = wantedImages(stacks)?.stack;
    if (owner === undefined || (after !== undefined && after.name !== owner.name)) return;
    if (resourcesInStateFile(workspace.run, owner.name).length === 0) return;
    const python = await workspace.preparePython({ note: () => undefined });
    const application = this.directory.project;
    await workspace.pushImages({ application, stacks, services, python });
  }

  private find(): RunningSandbox | undefined {
    const record = readRunRecord(this.directory.byHand);
    if (!record?.services || !isRunning(record.owner)) return undefined;
    const workspace = this.openWorkspace(record.nonce, record.engine);
    return { record, services: record.services, workspace };
  }

  /** Works in the running sandbox, once the Terraform of an earlier, killed command has ended. */
  private async use(work: (sandbox: RunningSandbox) => Promise<void>): Promise<void> {
    const running = this.find();
    if (!running) throw new UserError(`the sandbox is not up: ${HOW_TO_START}`);
    await waitForEarlierTerraform(running.workspace.run, () => {
      print("waiting for the Terraform of an earlier command that was cut off …");
    });
    try {
      await work(running);
    } catch (error) {
      throw await explainFailure(error, servicesOf(running));
    }
  }

  private openWorkspace(nonce: string, engine?: FlinkEngine): Workspace {
    return new Workspace(this.directory, this.directory.byHand, nonce, this.interruption, engine);
  }

  /** A sandbox whose keeper was killed cannot be resumed: moto keeps AWS in memory. */
  private async clearRemains(): Promise<void> {
    const { byHand } = this.directory;
    const record = readRunRecord(byHand);
    if (record) {
      await endProcessesOfRun(record.nonce);
      print(
        `the sandbox of ${record.startedAt} was cut off, and its AWS, kept in memory, with it: starting anew`,
      );
    }
    rmSync(byHand.path, { recursive: true, force: true });
  }
}

function servicesOf({ record, services, workspace: { run } }: RunningSandbox): RunServices {
  return { run, nonce: record.nonce, services };
}

function describe({ worldUrl, awsUrl }: ServiceUrls): string {
  return `Confluent ${worldUrl}, AWS ${awsUrl}`;
}
