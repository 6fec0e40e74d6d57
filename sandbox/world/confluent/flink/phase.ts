import { Refusal } from "../../refusal";
import type { ConfluentCloud } from "../cloud";
import type { FlinkStatement, StatementPhase } from "../objects";

/** The statement in the phase, in which it may be already. */
export function enter(
  cloud: ConfluentCloud,
  statement: FlinkStatement,
  phase: StatementPhase,
  detail: string,
): FlinkStatement {
  return phase === statement.phase
    ? { ...statement, detail }
    : { ...revised(cloud, statement), phase, detail, phaseSince: cloud.clock.now };
}

/** The statement with its next revision. */
export function revised(cloud: ConfluentCloud, statement: FlinkStatement): FlinkStatement {
  return { ...statement, revision: statement.revision + 1, updatedAt: cloud.clock.now };
}

/** Whether someone has stopped it, at once or soon. */
export function isStopped({ phase }: Pick<FlinkStatement, "phase">): boolean {
  return phase === "STOPPED" || phase === "STOPPING";
}

/** Whether it takes a place in its pool. */
export function isActive({ phase }: Pick<FlinkStatement, "phase">): boolean {
  return phase === "PENDING" || phase === "RUNNING" || phase === "DEGRADED";
}

/** @throws Refusal when the statement has ended by itself */
export function requireStoppable(statement: FlinkStatement): FlinkStatement {
  if (!isActive(statement)) {
    throw new Refusal(
      409,
      `Statement ${statement.name} is ${statement.phase} and cannot be stopped`,
    );
  }
  return statement;
}
