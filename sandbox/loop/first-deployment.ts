import { join } from "node:path";

import { deployStack } from "../../delivery/deliver";
import type { SynthesizedStack } from "../../delivery/manifest";
import { planStack } from "../../delivery/plan";
import { planLines } from "../../delivery/plan-text";
import { UserError } from "../../delivery/user-error";
import type { Step, Task } from "../console/steps";
import { wantedImages } from "../images/wanted-images";
import { resourcesInStateFile } from "../run/state-files";
import { awsRegions } from "../terraform/aws-regions";
import { readConfigurationAsClient } from "./example-client";
import type { StackReport } from "./report";
import { type RunState, stackStep } from "./run-state";
import { deployedJobs } from "./statements";

/** Deploys the application, uses it, and plans it again, which must find nothing to do. */
export class FirstDeployment {
  readonly stacks: StackReport[] = [];
  secondPlanChanges = 0;

  constructor(private readonly state: RunState) {}

  get tasks(): readonly Task[] {
    const { state } = this;
    return [
      {
        title: "Deploy",
        steps: () => state.manifest.value.stacks.flatMap((stack) => this.deploySteps(stack)),
      },
      { title: "Look at the statements", run: () => state.lookAtStatements("create") },
      { title: "Read the configuration as a client", run: () => this.readAsClient() },
      state.forEachStack("Plan again", (stack) => this.planAgain(stack)),
    ];
  }

  /** A stack that makes the images' repository is followed by what a pipeline does then: it pushes them. */
  private deploySteps(stack: SynthesizedStack): readonly Step[] {
    const { manifest, workspace } = this.state;
    const deploy = stackStep(stack, () => this.deploy(stack));
    if (wantedImages(manifest.value.stacks)?.stack.name !== stack.name) return [deploy];
    const push = (): Promise<string> => this.state.pushImages(workspace.directory.project);
    return [deploy, { title: "push the image", run: push }];
  }

  private async deploy(stack: SynthesizedStack): Promise<string> {
    const { context, secrets, statements, workspace } = this.state;
    const { seconds } = await deployStack(context.value, stack);
    const resources = resourcesInStateFile(workspace.run, stack.name).length;
    secrets.collect(workspace.run, stack.name);
    statements.know(deployedJobs(workspace.run, stack.name));
    this.stacks.push({ name: stack.shortName, resources, deploySeconds: seconds });
    return `${resources} resources`;
  }

  private async readAsClient(): Promise<string> {
    const { manifest, python, services, workspace } = this.state;
    const { directory, run, interruption } = workspace;
    const { stacks } = manifest.value;
    const [stack] = stacks;
    const [region] = awsRegions(stacks);
    if (stack === undefined || region === undefined) throw new Error("nothing was synthesized");
    await readConfigurationAsClient({
      project: directory.project,
      python: python.value,
      awsUrl: services.value.awsUrl,
      region,
      stack,
      logFile: join(run.logs, "client.log"),
      interruption,
    });
    return "settings and keys of a producer and a consumer";
  }

  private async planAgain(stack: SynthesizedStack): Promise<string> {
    const plan = await planStack(this.state.context.value, stack);
    this.state.planFiles.keep("again", plan);
    this.state.secrets.lookInPlan(plan);
    this.secondPlanChanges += plan.changeCount;
    if (plan.changeCount > 0) {
      throw new UserError(
        ["a plan right after the deployment finds something to do:", ...planLines(plan)].join("\n"),
      );
    }
    return "nothing to do";
  }
}
