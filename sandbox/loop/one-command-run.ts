import { countByAction } from "../../delivery/plan-summary";
import { UserError } from "../../delivery/user-error";
import type { Task } from "../console/steps";
import { endProcessesOfRun } from "../run/run-processes";
import type { Workspace } from "../run/workspace";
import { explainFailure } from "../services/services";
import { Change } from "./change";
import { Ending } from "./ending";
import { FirstDeployment } from "./first-deployment";
import { describeProcesses } from "./leftovers";
import type { PlanFiles } from "./plan-files";
import { Preparation } from "./preparation";
import type { SandboxReport } from "./report";
import { RunState } from "./run-state";

/** The whole loop: synthesize, start, deploy, plan again, change, deploy the change, destroy, look what is left, stop. */
export class OneCommandRun {
  private readonly state: RunState;
  private readonly preparation: Preparation;
  private readonly first: FirstDeployment;
  private readonly change: Change;
  private readonly ending: Ending;

  constructor(
    private readonly workspace: Workspace,
    planFiles: PlanFiles,
  ) {
    this.state = new RunState(workspace, planFiles);
    this.preparation = new Preparation(this.state);
    this.first = new FirstDeployment(this.state);
    this.change = new Change(this.state);
    this.ending = new Ending(this.state);
  }

  /** The run as a task list. Whether it ends well or not, {@link stop} has to follow. */
  get tasks(): readonly Task[] {
    const parts = [this.preparation, this.first, this.change, this.ending];
    return [...parts.flatMap(({ tasks }) => tasks), { title: "Stop", run: () => this.stop() }];
  }

  /** Ends the world, moto, and whatever process of the run may still be there. May be called again. */
  async stop(): Promise<string> {
    if (this.state.services.isGiven) await this.state.services.value.stop();
    const processes = await endProcessesOfRun(this.workspace.nonce);
    this.ending.left.push(...describeProcesses(processes));
    return "";
  }

  /** What made a task fail: a cloud that has died, if one has, else the error itself. To be asked before {@link stop}. */
  async explain(error: unknown): Promise<unknown> {
    if (!this.state.services.isGiven) return error;
    const { run, nonce } = this.workspace;
    return explainFailure(error, { run, nonce, services: this.state.services.value });
  }

  /** What the run has shown, once all tasks have ended well. */
  report(): SandboxReport {
    const { first, change, ending, state } = this;
    return {
      environment: "sandbox",
      stacks: first.stacks,
      secondPlanChanges: first.secondPlanChanges,
      change: countByAction(change.plans.flatMap(({ summary }) => summary.changes)),
      destroySeconds: ending.destroySeconds,
      left: ending.left.length,
      secrets: state.secrets.counts,
      engine: this.workspace.engine,
      statements: state.statements.entries,
      functions: ending.functions,
      journalCalls: ending.journalCalls,
    };
  }

  /** @throws UserError that lists what is left, if anything is */
  requireNothingLeft(): void {
    const { left } = this.ending;
    if (left.length === 0) return;
    const lines = left.map((line) => `  ${line}`);
    throw new UserError(["after everything was destroyed, this is left:", ...lines].join("\n"));
  }
}
