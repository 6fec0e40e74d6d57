import type { DeliveryContext } from "../../delivery/context";
import type { Manifest, SynthesizedStack } from "../../delivery/manifest";
import { Provided, type Step, type StepGroup } from "../console/steps";
import type { Workspace } from "../run/workspace";
import type { ImagePackages, Services } from "../services/services";
import { WorldClient } from "../services/world-client";
import type { PlanFiles } from "./plan-files";
import { PlantedSecrets } from "./planted-secrets";
import { type StatementPhase, StatementHistory } from "./statements";

/** What the parts of a one-command run hand on to each other. */
export class RunState {
  readonly python = new Provided<string>("the Python environment");
  readonly imagePackages = new Provided<ImagePackages>("the packages of images");
  /** The stacks as they were synthesized last. */
  readonly manifest = new Provided<Manifest>("the synthesized stacks");
  readonly services = new Provided<Services>("the world and moto");
  readonly context = new Provided<DeliveryContext>("the way to deliver");
  readonly secrets = new PlantedSecrets();
  readonly statements = new StatementHistory();

  constructor(
    readonly workspace: Workspace,
    readonly planFiles: PlanFiles,
  ) {}

  get world(): WorldClient {
    return new WorldClient(this.services.value.worldUrl);
  }

  /** A step for each stack, asked for when the group's turn has come. */
  forEachStack(title: string, run: (stack: SynthesizedStack) => Promise<string>): StepGroup {
    return {
      title,
      steps: () => this.manifest.value.stacks.map((stack) => stackStep(stack, () => run(stack))),
    };
  }

  /** Notes what has become of every Flink statement. */
  async lookAtStatements(phase: StatementPhase): Promise<string> {
    const statements = await this.world.statements();
    this.statements.record(phase, statements);
    const running = statements.filter((statement) => statement.phase === "RUNNING");
    return phase === "destroy" ? `${statements.length} left` : `${running.length} running`;
  }

  /** Pushes the images that the stacks look up, built from `application`. */
  pushImages(application: string): Promise<string> {
    const { stacks } = this.manifest.value;
    const services = this.services.value;
    return this.workspace.pushImages({ application, stacks, services, python: this.python.value });
  }
}

export function stackStep(stack: SynthesizedStack, run: () => Promise<string>): Step {
  return { title: stack.shortName, run };
}
