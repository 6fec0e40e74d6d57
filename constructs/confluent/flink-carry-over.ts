import type { FlinkStatement as FlinkStatementResource } from "@cdktf/provider-confluent/lib/flink-statement";
import { conditional, Fn, Op, ref, TerraformLocal, Token, type Precondition } from "cdktf";

import type { CarryOver } from "./flink-evolution";
import { submit, type Deployment, type Submission } from "./flink-submission";

/** Makes a statement begin where another one, which must be stopped, has stopped. */
const INITIAL_OFFSET_FROM = "sql.tables.initial-offset-from";

/**
 * How long a stopped predecessor stays, in hours: Confluent purges it after 30 days, and Terraform would then start it
 * again, so it is deleted 5 days before.
 */
const KEPT = 25 * 24;

/** No statement's name, and what Confluent's error then tells. */
const NOBODY = "a-stopped-predecessor-is-never-started-again";

export interface CarryOverVersions {
  /** Where the versions come from, for the message. */
  readonly directory: string;
  readonly newest: Submission;
  readonly older: readonly Submission[];
  readonly evolution: CarryOver;
}

/**
 * Declares each version as a resource of its own and lets the plan decide which of them are there: the newest always,
 * and the one that ran before it until it is no longer needed. Terraform creates the newest, which waits; then it stops
 * the one before, and with that the newest runs; last, the memory is written.
 *
 * @returns the newest version
 */
export function carryOver(
  deployment: Deployment,
  { directory, newest, older, evolution: { memory, restart } }: CarryOverVersions,
): FlinkStatementResource {
  const local = (id: string, value: unknown): string =>
    new TerraformLocal(deployment.scope, id, value).asString;
  const current = local("Current", memory.recall("current"));
  const runsAlready = Op.eq(current, newest.name);
  const restarts = restart?.version === newest.version.number;
  const predecessor = restarts ? ref("null") : current;
  const from = local("From", conditional(runsAlready, memory.recall("from"), predecessor));
  const at = local(
    "At",
    conditional(runsAlready, Fn.coalesce([memory.recall("at"), memory.now]), memory.now),
  );
  const expiry = Fn.timeadd(at, `${KEPT}h`);
  const isKept = local("PredecessorIsKept", Op.eq(Fn.timecmp(expiry, memory.now), 1));
  const running = local("Running", Fn.coalesce([current, newest.name]));
  // Both as maps: Terraform takes two objects with different attributes for two types.
  const initialOffset: unknown = conditional(
    Op.eq(from, Token.nullValue()),
    Fn.tomap({}),
    Fn.tomap({ [INITIAL_OFFSET_FROM]: from }),
  );
  const names = [newest, ...older].map(({ name }) => name);

  const resource = submit(deployment, newest, {
    id: idOf(newest),
    count: 1,
    // Said, although it is what happens: a version that was stopped for one that is withdrawn runs again.
    stopped: false,
    properties: Token.asStringMap(Fn.merge([newest.properties, initialOffset])),
    // Who restarts gives up the offsets of whatever runs.
    ...(!restarts && { lifecycle: { precondition: [isKnown(directory, names, running)] } }),
  });
  const predecessors = older.map((submission) =>
    submit(deployment, submission, {
      id: idOf(submission),
      count: Token.asNumber(conditional(Op.and(Op.eq(from, submission.name), isKept), 1, 0)),
      stopped: true,
      // Not for the statement that is there: for one that somebody has deleted. Terraform would submit it again, and
      // Confluent would run it beside its successor; so it is submitted as one that cannot start.
      properties: { ...submission.properties, [INITIAL_OFFSET_FROM]: NOBODY },
      lifecycle: { ignoreChanges: ["properties"] },
      // The newest takes over its offsets, and must be there to do so before it stops.
      dependsOn: [resource],
    }),
  );
  memory.remember({ current: newest.name, from, at }, [resource, ...predecessors]);
  return resource;
}

/** What runs must be one of the versions, or its offsets would be lost without a word. */
function isKnown(directory: string, names: readonly string[], running: string): Precondition {
  return {
    condition: Token.asString(Fn.contains([...names], running)),
    errorMessage: `${directory}: the statement ${running} runs, and no version here makes it. What runs is never edited or removed, and its properties, principal and pool stay as they are: put them back, and write what is new as the next version; or give its offsets up with a restart.`,
  };
}

function idOf({ version }: Submission): string {
  return `V${version.number}`;
}
