import { deployStack } from "../../delivery/deliver";
import type { SynthesizedStack } from "../../delivery/manifest";
import { planStack, type StackPlan } from "../../delivery/plan";
import type { Step, Task } from "../console/steps";
import { resourcesInStateFile } from "../run/state-files";
import { scenario } from "../scenario";
import { copyChangedApplication } from "./changed-application";
import { deployFailingChange } from "./failing-change";
import { type RunState, stackStep } from "./run-state";
import { checkScenario } from "./scenario-check";
import { deployedJobs, plannedJobs } from "./statements";

/** Changes the application as the scenario says, checks what that plans, and deploys it. */
export class Change {
  readonly plans: StackPlan[] = [];

  constructor(private readonly state: RunState) {}

  get tasks(): readonly Task[] {
    const { state } = this;
    return [
      { title: "Synthesize the changed application", run: () => this.synthesize() },
      state.forEachStack("Plan the change", (stack) => this.plan(stack)),
      {
        title: "Deploy the change",
        steps: () => this.plans.flatMap((plan) => this.deploySteps(plan)),
      },
      { title: "Look at the statements", run: () => state.lookAtStatements("change") },
    ];
  }

  private async synthesize(): Promise<string> {
    const { context, manifest, services, workspace, world } = this.state;
    const { directory, run } = workspace;
    copyChangedApplication(directory.project, run.changedApp, scenario.edits);
    const changed = manifest.provide(await workspace.synthesize(run.changedApp, "synth-change"));
    const now = await world.advance(scenario.days);
    context.provide(workspace.deliveryContext(changed, services.value, now));
    await this.state.pushImages(run.changedApp);
    return `${scenario.edits.length} edits, ${scenario.days} days later`;
  }

  private async plan(stack: SynthesizedStack): Promise<string> {
    const plan = await planStack(this.state.context.value, stack);
    this.state.planFiles.keep("change", plan);
    this.state.secrets.lookInPlan(plan);
    this.plans.push(plan);
    checkScenario(scenario, plan);
    const { changes } = plan.summary;
    return changes.length === 0 ? "nothing to do" : `${changes.length} changes, as expected`;
  }

  /** A changed job is deployed twice: first it fails, and nothing is lost. */
  private deploySteps(plan: StackPlan): readonly Step[] {
    const { stack, changeCount, json } = plan;
    if (changeCount === 0) return [];
    const deploy = stackStep(stack, () => this.deploy(stack));
    if (plannedJobs(json).length === 0) return [deploy];
    const { context, statements: history, world } = this.state;
    return [
      {
        title: `${stack.shortName}, whose new statement fails`,
        run: () => deployFailingChange({ context: context.value, plan, world, history }),
      },
      deploy,
    ];
  }

  private async deploy(stack: SynthesizedStack): Promise<string> {
    const { context, secrets, statements, workspace } = this.state;
    await deployStack(context.value, stack);
    secrets.collect(workspace.run, stack.name);
    statements.know(deployedJobs(workspace.run, stack.name));
    return `${resourcesInStateFile(workspace.run, stack.name).length} resources`;
  }
}
