import type { ConfluentCloud } from "../cloud";
import type { FlinkStatement } from "../objects";
import { launch, stop } from "./life-cycle";
import { enter } from "./phase";

/**
 * Counts one reading of the statement. What takes time in the cloud takes a number of readings here, because the world's
 * clock stands still: a client that polls sees every phase, and how fast it polls does not matter.
 *
 * @returns whether that changed anything
 */
export function countRead(cloud: ConfluentCloud, statement: FlinkStatement): boolean {
  const { awaits } = statement;
  if (awaits === undefined) {
    return false;
  }
  if (awaits.reads > 1) {
    cloud.statements.put({ ...statement, awaits: { ...awaits, reads: awaits.reads - 1 } });
  } else {
    goOn(cloud, statement);
  }
  return true;
}

/** Time has passed, after which no statement waits to be read. */
export function endWaits(cloud: ConfluentCloud): void {
  for (const statement of cloud.statements.where(({ awaits }) => awaits !== undefined)) {
    goOn(cloud, statement);
  }
}

/** Lets happen what the statement waits for. */
export function goOn(cloud: ConfluentCloud, statement: FlinkStatement): void {
  const { awaits, fate, ...rest } = statement;
  switch (awaits?.then) {
    case "launch":
      cloud.statements.put(launch(cloud, statement));
      break;
    case "fail":
      cloud.statements.put(enter(cloud, rest, "FAILED", fate?.detail ?? ""));
      break;
    case "degrade":
      cloud.statements.put(enter(cloud, rest, "DEGRADED", fate?.detail ?? ""));
      break;
    case "stop":
      cloud.statements.put(stop(cloud, statement));
      break;
    case "delete":
      cloud.statements.delete(statement.id);
      break;
    case undefined:
  }
}
