import type { DeliveryContext } from "../../delivery/context";
import { deployStack } from "../../delivery/deliver";
import { planStack, type StackPlan } from "../../delivery/plan";
import { planLines } from "../../delivery/plan-text";
import { Interrupted, messageOf, UserError } from "../../delivery/user-error";
import type { WorldClient } from "../services/world-client";
import { outcomeOf, plannedJobs, type StatementHistory } from "./statements";

/** What {@link deployFailingChange} needs. */
export interface FailingChange {
  readonly context: DeliveryContext;
  /** The plan of the change. */
  readonly plan: StackPlan;
  readonly world: WorldClient;
  readonly history: StatementHistory;
}

/** What the deployer's error says when Flink has failed a statement. */
const STATEMENT_FAILED = "StatementFailed";

/**
 * Deploys a change while Flink fails every new statement of the stack's applications, and sees to it that nothing was
 * lost: the deployment says why it failed, the statements before still run, and a plan proposes the deployment again.
 *
 * @throws UserError that says which of these is not so
 */
export async function deployFailingChange(change: FailingChange): Promise<string> {
  const { context, plan, world, history } = change;
  const { stack } = plan;
  const jobs = plannedJobs(plan.json);
  history.know(jobs);
  const before = await world.statements();
  const running = before.filter(({ name, phase }) =>
    jobs.some(({ application }) => phase === "RUNNING" && name.startsWith(`${application}-`)),
  );
  if (running.length < jobs.length) {
    throw new UserError(`${stack.shortName} has no running statement whose change could fail`);
  }
  for (const { application } of jobs) {
    const match = { operation: "flink.statement", name: `${application}-*` };
    await world.addFault({ match, mode: "fails" });
  }
  // In the world a statement starts when somebody looks, and nobody looks at one that was put back.
  await world.flinkSettings({ pendingReads: 0 });
  await requireFailure(deployStack(context, stack), stack.shortName);
  await world.flinkSettings({ pendingReads: 1 });
  await world.clearFaults();

  const after = await world.statements();
  for (const { name } of running) {
    history.note("failed change", name, outcomeOf(name, after));
    if (outcomeOf(name, after) !== "RUNNING") {
      throw new UserError(
        `after a failed deployment of ${stack.shortName}, ${name}, which ran before, is ${outcomeOf(name, after)}`,
      );
    }
  }
  for (const name of jobs.flatMap(({ statements }) => statements)) {
    history.note("failed change", name, outcomeOf(name, after));
  }
  const again = await planStack(context, stack);
  if (plannedJobs(again.json).length !== jobs.length) {
    throw new UserError(
      [
        `after a failed deployment, the plan of ${stack.shortName} does not propose it again:`,
        ...planLines(again),
      ].join("\n"),
    );
  }
  return `${running.length} statement runs on, the plan proposes it again`;
}

/** @throws UserError when the deployment succeeds, or fails for another reason */
async function requireFailure(deployment: Promise<unknown>, name: string): Promise<void> {
  try {
    await deployment;
  } catch (error) {
    if (error instanceof Interrupted || !messageOf(error).includes(STATEMENT_FAILED)) throw error;
    return;
  }
  throw new UserError(`the deployment of ${name} succeeds although its new statement fails`);
}
