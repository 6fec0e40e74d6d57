import { timestamp } from "../../clock";
import type { ConfluentCloud } from "../cloud";
import type { FlinkStatement } from "../objects";
import { enter } from "./phase";
import { plan, type Plan } from "./planner";

/** Property that lets a statement begin where another one, which must be stopped, has stopped. */
export const CARRY_OVER = "sql.tables.initial-offset-from";

const HOUR = 60 * 60 * 1000;

/** How long a statement waits for the one whose offsets it takes over. */
const CARRY_OVER_PATIENCE = 6 * HOUR;

/** After which Confluent removes statements that have ended. */
const RETENTION = 30 * 24 * HOUR;

/** The statement as it is after it was submitted or resumed: it waits for nothing but for another statement. */
export function launch(cloud: ConfluentCloud, statement: FlinkStatement): FlinkStatement {
  const { fate } = statement;
  const started: FlinkStatement = { ...statement, awaits: undefined };
  if (fate?.kind === "fails" && fate.reads === 0) {
    return enter(cloud, started, "FAILED", fate.detail);
  }
  const planned = planOf(cloud, statement);
  if (planned.kind === "fails") {
    return enter(cloud, started, "FAILED", planned.detail);
  }
  const predecessor = statement.properties[CARRY_OVER];
  if (predecessor !== undefined && statement.hasRun !== true) {
    return continueFrom(cloud, started, predecessor);
  }
  return planned.isBounded
    ? { ...enter(cloud, started, "COMPLETED", ""), result: planned.result }
    : run(cloud, started);
}

/** A statement that ended by itself or failed cannot be stopped any more and stays as it is. */
export function stop(cloud: ConfluentCloud, statement: FlinkStatement): FlinkStatement {
  const planned = planOf(cloud, statement);
  const sources = planned.kind === "runs" ? planned.sources : [];
  return {
    ...enter(cloud, statement, "STOPPED", ""),
    awaits: undefined,
    fate: undefined,
    latestOffsets: Object.fromEntries(
      sources.map(({ name, topic }) => [
        name,
        Array.from({ length: topic.partitions }, (_, n) => `partition:${n},offset:0`).join(";"),
      ]),
    ),
    latestOffsetsAt: cloud.clock.now,
  };
}

export function resume(cloud: ConfluentCloud, statement: FlinkStatement): FlinkStatement {
  return launch(cloud, withoutOffsets(statement));
}

/** As a statement is that has not run: what it read before it stopped counts no more. */
export function withoutOffsets(statement: FlinkStatement): FlinkStatement {
  return { ...statement, latestOffsets: {}, latestOffsetsAt: undefined };
}

/**
 * Lets every statement feel what has changed around it: a topic that is gone or a role that was revoked fails the
 * statements which need it, a stopped statement lets its successor begin, and what ended long ago disappears.
 */
export function settleStatements(cloud: ConfluentCloud): void {
  for (const statement of cloud.statements.all()) {
    const { phase, phaseSince } = cloud.statements.put(settled(cloud, statement));
    const hasEnded = ["COMPLETED", "STOPPED", "FAILED"].includes(phase);
    if (hasEnded && cloud.clock.now - phaseSince > RETENTION) {
      cloud.statements.delete(statement.id);
    }
  }
}

function settled(cloud: ConfluentCloud, statement: FlinkStatement): FlinkStatement {
  const { phase, awaits } = statement;
  if (phase === "PENDING") {
    return awaits === undefined ? launch(cloud, statement) : statement;
  }
  const planned =
    phase === "RUNNING" || phase === "DEGRADED" ? planOf(cloud, statement) : undefined;
  return planned?.kind === "fails"
    ? { ...enter(cloud, statement, "FAILED", planned.detail), awaits: undefined }
    : statement;
}

/** A statement whose fate is to wait for its pool has done so by now. */
function run(cloud: ConfluentCloud, statement: FlinkStatement): FlinkStatement {
  const { fate } = statement;
  const running: FlinkStatement = { ...enter(cloud, statement, "RUNNING", ""), hasRun: true };
  switch (fate?.kind) {
    case "fails":
      return { ...running, awaits: { reads: fate.reads, then: "fail" } };
    case "degrades":
      return fate.reads === 0
        ? enter(cloud, running, "DEGRADED", fate.detail)
        : { ...running, awaits: { reads: fate.reads, then: "degrade" } };
    default:
      return { ...running, fate: undefined };
  }
}

function continueFrom(
  cloud: ConfluentCloud,
  statement: FlinkStatement,
  predecessor: string,
): FlinkStatement {
  const found = cloud.statements.get(`${statement.environmentId}/${predecessor}`);
  if (found === undefined || found.phase === "DELETING") {
    return enter(cloud, statement, "FAILED", `Referenced statement ${predecessor} does not exist.`);
  }
  if (found.phase === "STOPPED") {
    return run(cloud, statement);
  }
  const since = statement.phase === "PENDING" ? statement.phaseSince : cloud.clock.now;
  const deadline = since + CARRY_OVER_PATIENCE;
  if (cloud.clock.now > deadline) {
    const detail = `Referenced statement ${predecessor} was not stopped before ${timestamp(deadline)}.`;
    // It failed then, also when the clock jumped past that time: the day it is removed counts from there.
    return { ...enter(cloud, statement, "FAILED", detail), phaseSince: deadline };
  }
  return enter(
    cloud,
    statement,
    "PENDING",
    `Statement is currently pending until referenced statement ${predecessor} is stopped. ` +
      `If ${predecessor} is not stopped before ${timestamp(deadline)}, this statement will fail.`,
  );
}

/** The principal may be gone; then it has no roles, and the plan fails for lack of them. */
function planOf(cloud: ConfluentCloud, statement: FlinkStatement): Plan {
  const pool = cloud.computePools.get(statement.computePoolId);
  return pool === undefined
    ? { kind: "fails", detail: `Compute pool ${statement.computePoolId} does not exist.` }
    : plan(cloud, { ...statement, pool });
}
