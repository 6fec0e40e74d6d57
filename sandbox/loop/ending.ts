import { destroyStack } from "../../delivery/deliver";
import type { SynthesizedStack } from "../../delivery/manifest";
import { Interrupted, UserError } from "../../delivery/user-error";
import { functionStatus } from "../aws/moto-api";
import type { Task } from "../console/steps";
import { refuseUnansweredCalls } from "../services/services";
import { awsRegions } from "../terraform/aws-regions";
import { type FunctionReport, NO_FUNCTIONS, summariseFunctions } from "./function-report";
import { existingObjects } from "./leftovers";
import { type RunState, stackStep } from "./run-state";

/** Destroys everything, and looks for what is left of it. */
export class Ending {
  /** Objects and states that still exist, one line each. */
  readonly left: string[] = [];
  destroySeconds = 0;
  journalCalls = 0;
  functions: FunctionReport = NO_FUNCTIONS;

  constructor(private readonly state: RunState) {}

  get tasks(): readonly Task[] {
    const { state } = this;
    return [
      {
        title: "Destroy",
        steps: () => {
          const stacks = state.manifest.value.stacks.toReversed();
          return stacks.map((stack) => stackStep(stack, () => this.destroy(stack)));
        },
      },
      { title: "Look at the statements", run: () => state.lookAtStatements("destroy") },
      { title: "Look for what is left", run: () => this.lookForLeftovers() },
      { title: "Look for secrets", run: () => Promise.resolve(this.lookForSecrets()) },
    ];
  }

  private async destroy(stack: SynthesizedStack): Promise<string> {
    const { seconds } = await destroyStack(this.state.context.value, stack);
    this.destroySeconds += seconds;
    return "";
  }

  private async lookForLeftovers(): Promise<string> {
    const { interruption } = this.state.workspace;
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
    const { manifest, workspace, world } = this.state;
    const { run } = workspace;
    const services = this.state.services.value;
    const python = this.state.python.value;
    this.journalCalls = await world.calls();
    const regions = awsRegions(manifest.value.stacks);
    this.left.push(...(await existingObjects({ run, services, python, regions })));
    await refuseUnansweredCalls(services);
    this.functions = summariseFunctions(await functionStatus(services.awsUrl));
    return this.left.length === 0 ? "nothing" : `${this.left.length} objects`;
  }

  /** @throws UserError that lists where a secret was found, if one was */
  private lookForSecrets(): string {
    const { secrets, workspace } = this.state;
    secrets.lookInFiles(workspace.run);
    const { planted, found } = secrets.counts;
    if (found > 0) {
      const places = secrets.places.map((place) => `  ${place}`);
      throw new UserError(["a key's secret is where it must not be:", ...places].join("\n"));
    }
    return `${planted} in the state that owns them, and nowhere else`;
  }
}
