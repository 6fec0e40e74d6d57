import { join } from "node:path";

import type { DeliveryContext } from "../../delivery/context";
import { deployStack, destroyStack } from "../../delivery/deliver";
import type { Manifest, SynthesizedStack } from "../../delivery/manifest";
import { planStack, type StackPlan } from "../../delivery/plan";
import { countByAction } from "../../delivery/plan-summary";
import { planLines } from "../../delivery/plan-text";
import { Interrupted, UserError } from "../../delivery/user-error";
import { readConfigurationAsClient } from "./example-client";
import { copyChangedApplication } from "./changed-application";
import { PlantedSecrets } from "./planted-secrets";
import { awsRegions } from "../terraform/aws-regions";
import { describeProcesses, existingObjects } from "./leftovers";
import type { SandboxReport, StackReport } from "./report";
import { endProcessesOfRun } from "../run/run-processes";
import type { PlanFiles } from "./plan-files";
import { scenario } from "../scenario";
import { checkScenario } from "./scenario-check";
import {
  explainFailure,
  refuseUnansweredCalls,
  type Services,
  startServices,
} from "../services/services";
import { resourcesInStateFile } from "../run/state-files";
import { Provided, type Step, type StepGroup, type Task } from "../console/steps";
import type { Workspace } from "../run/workspace";
import { WorldClient } from "../services/world-client";

/** The whole loop: synthesize, start, deploy, plan again, change, deploy the change, destroy, look what is left, stop. */
export class OneCommandRun {
  private readonly python = new Provided<string>("the Python environment");
  private readonly manifest = new Provided<Manifest>("the synthesized stacks");
  private readonly services = new Provided<Services>("the world and moto");
  private readonly context = new Provided<DeliveryContext>("the way to deliver");
  private readonly stacks: StackReport[] = [];
  private readonly changes: StackPlan[] = [];
  private readonly left: string[] = [];
  private readonly secrets = new PlantedSecrets();
  private secondPlanChanges = 0;
  private destroySeconds = 0;
  private journalCalls = 0;

  constructor(
    private readonly workspace: Workspace,
    private readonly planFiles: PlanFiles,
  ) {}

  /** The run as a task list. Whether it ends well or not, {@link stop} has to follow. */
  get tasks(): readonly Task[] {
    const { workspace } = this;
    return [
      {
        title: "Prepare",
        concurrent: true,
        steps: () => [
          { title: "Synthesize the stacks", run: () => this.synthesize() },
          {
            title: "Install Python packages",
            run: async (progress) => {
              this.python.provide(await workspace.preparePython(progress));
              return "";
            },
          },
        ],
      },
      { title: "Start the world and moto", run: () => this.start() },
      this.forEach("Deploy", (stack) => this.deploy(stack)),
      { title: "Read the configuration as a client", run: () => this.readAsClient() },
      this.forEach("Plan again", (stack) => this.planAgain(stack)),
      { title: "Synthesize the changed application", run: () => this.synthesizeChange() },
      this.forEach("Plan the change", (stack) => this.planChange(stack)),
      {
        title: "Deploy the change",
        steps: () =>
          this.changedStacks().map((stack) => step(stack, () => this.deployChange(stack))),
      },
      {
        title: "Destroy",
        steps: () => {
          const stacks = this.manifest.value.stacks.toReversed();
          return stacks.map((stack) => step(stack, () => this.destroy(stack)));
        },
      },
      { title: "Look for what is left", run: () => this.lookForLeftovers() },
      { title: "Look for secrets", run: () => Promise.resolve(this.lookForSecrets()) },
      { title: "Stop", run: () => this.stop() },
    ];
  }

  /** Ends the world, moto, and whatever process of the run may still be there. May be called again. */
  async stop(): Promise<string> {
    if (this.services.isGiven) await this.services.value.stop();
    const processes = await endProcessesOfRun(this.workspace.nonce);
    this.left.push(...describeProcesses(processes));
    return "";
  }

  /** What made a task fail: a cloud that has died, if one has, else the error itself. To be asked before {@link stop}. */
  async explain(error: unknown): Promise<unknown> {
    if (!this.services.isGiven) return error;
    const { run, nonce } = this.workspace;
    return explainFailure(error, { run, nonce, services: this.services.value });
  }

  /** What the run has shown, once all tasks have ended well. */
  report(): SandboxReport {
    return {
      environment: "sandbox",
      stacks: this.stacks,
      secondPlanChanges: this.secondPlanChanges,
      change: countByAction(this.changes.flatMap(({ summary }) => summary.changes)),
      destroySeconds: this.destroySeconds,
      left: this.left.length,
      secrets: this.secrets.counts,
      journalCalls: this.journalCalls,
    };
  }

  /** @throws UserError that lists what is left, if anything is */
  requireNothingLeft(): void {
    if (this.left.length === 0) return;
    const lines = this.left.map((line) => `  ${line}`);
    throw new UserError(["after everything was destroyed, this is left:", ...lines].join("\n"));
  }

  private async synthesize(): Promise<string> {
    const { directory } = this.workspace;
    const { stacks } = this.manifest.provide(
      await this.workspace.synthesize(directory.project, "synth"),
    );
    return `${stacks.length} stacks`;
  }

  private async start(): Promise<string> {
    const { run, nonce, interruption } = this.workspace;
    interruption.throwIfRequested("the start of the world");
    const services = this.services.provide(await startServices(run, nonce, this.python.value));
    const now = await new WorldClient(services.worldUrl).now();
    this.context.provide(this.workspace.deliveryContext(this.manifest.value, services, now));
    return "";
  }

  private async deploy(stack: SynthesizedStack): Promise<string> {
    const { seconds } = await deployStack(this.context.value, stack);
    const resources = resourcesInStateFile(this.workspace.run, stack.name).length;
    this.secrets.collect(this.workspace.run, stack.name);
    this.stacks.push({ name: stack.shortName, resources, deploySeconds: seconds });
    return `${resources} resources`;
  }

  private async readAsClient(): Promise<string> {
    const { directory, run, interruption } = this.workspace;
    const { stacks } = this.manifest.value;
    const [stack] = stacks;
    const [region] = awsRegions(stacks);
    if (stack === undefined || region === undefined) throw new Error("nothing was synthesized");
    await readConfigurationAsClient({
      project: directory.project,
      python: this.python.value,
      awsUrl: this.services.value.awsUrl,
      region,
      stack,
      logFile: join(run.logs, "client.log"),
      interruption,
    });
    return "settings and keys of a producer and a consumer";
  }

  private async planAgain(stack: SynthesizedStack): Promise<string> {
    const plan = await planStack(this.context.value, stack);
    this.planFiles.keep("again", plan);
    this.secrets.lookInPlan(plan);
    this.secondPlanChanges += plan.changeCount;
    if (plan.changeCount > 0) {
      throw new UserError(
        ["a plan right after the deployment finds something to do:", ...planLines(plan)].join("\n"),
      );
    }
    return "nothing to do";
  }

  private async synthesizeChange(): Promise<string> {
    const { directory, run } = this.workspace;
    copyChangedApplication(directory.project, run.changedApp, scenario.edits);
    const manifest = await this.workspace.synthesize(run.changedApp, "synth-change");
    this.manifest.provide(manifest);
    const services = this.services.value;
    const now = await new WorldClient(services.worldUrl).advance(scenario.days);
    this.context.provide(this.workspace.deliveryContext(manifest, services, now));
    return `${scenario.edits.length} edits, ${scenario.days} days later`;
  }

  private async planChange(stack: SynthesizedStack): Promise<string> {
    const plan = await planStack(this.context.value, stack);
    this.planFiles.keep("change", plan);
    this.secrets.lookInPlan(plan);
    this.changes.push(plan);
    checkScenario(scenario, plan);
    const { changes } = plan.summary;
    return changes.length === 0 ? "nothing to do" : `${changes.length} changes, as expected`;
  }

  private changedStacks(): readonly SynthesizedStack[] {
    return this.changes.filter(({ changeCount }) => changeCount > 0).map(({ stack }) => stack);
  }

  private async deployChange(stack: SynthesizedStack): Promise<string> {
    await deployStack(this.context.value, stack);
    this.secrets.collect(this.workspace.run, stack.name);
    return `${resourcesInStateFile(this.workspace.run, stack.name).length} resources`;
  }

  private async destroy(stack: SynthesizedStack): Promise<string> {
    const { seconds } = await destroyStack(this.context.value, stack);
    this.destroySeconds += seconds;
    return "";
  }

  private async lookForLeftovers(): Promise<string> {
    const { interruption } = this.workspace;
    try {
      return await this.listLeftovers();
    } catch (error) {
      // Ctrl-C in a terminal reaches the program that lists AWS as well.
      const { signal } = interruption;
      throw signal
        ? new Interrupted(signal, `looking for what is left was stopped by ${signal}`)
        : error;
    }
  }

  private async listLeftovers(): Promise<string> {
    const { run } = this.workspace;
    const services = this.services.value;
    this.journalCalls = await new WorldClient(services.worldUrl).calls();
    const regions = awsRegions(this.manifest.value.stacks);
    const python = this.python.value;
    this.left.push(...(await existingObjects({ run, services, python, regions })));
    await refuseUnansweredCalls(services);
    return this.left.length === 0 ? "nothing" : `${this.left.length} objects`;
  }

  /** @throws UserError that lists where a secret was found, if one was */
  private lookForSecrets(): string {
    this.secrets.lookInFiles(this.workspace.run);
    const { planted, found } = this.secrets.counts;
    if (found > 0) {
      const places = this.secrets.places.map((place) => `  ${place}`);
      throw new UserError(["a key's secret is where it must not be:", ...places].join("\n"));
    }
    return `${planted} in the state that owns them, and nowhere else`;
  }

  private forEach(title: string, run: (stack: SynthesizedStack) => Promise<string>): StepGroup {
    return {
      title,
      steps: () => this.manifest.value.stacks.map((stack) => step(stack, () => run(stack))),
    };
  }
}

function step(stack: SynthesizedStack, run: () => Promise<string>): Step {
  return { title: stack.shortName, run };
}
