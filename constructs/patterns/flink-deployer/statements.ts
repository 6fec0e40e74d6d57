import { jobStatementName, logicalOf } from "../../confluent/flink-job-names";
import type { StartPosition } from "../../confluent/flink-evolution";
import type { Pipeline, PipelineSink } from "./pipeline";

/**
 * How a changed statement takes over from the one that runs. `carry_over`: at the very records at which it stopped, for
 * statements without state; `replace`: beside it, and then in its place; `blue_green`: into a table of its own;
 * `recreate`: after it was stopped.
 */
export type DeployStrategy = "blue_green" | "carry_over" | "recreate" | "replace";

/** A statement as the deployer's event names it. */
export interface DeployedStatement {
  readonly logical: string;
  readonly name: string;
  readonly sink: string;
  readonly strategy: DeployStrategy;
  readonly state: PipelineSink["state"];
  readonly start: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly take_over?: string;
}

/** What all statements of an application have in common. */
export interface StatementSettings {
  readonly applicationName: string;
  readonly strategy: DeployStrategy;
  readonly start?: StartPosition;
  readonly properties?: Readonly<Record<string, string>>;
  readonly redeployNonce?: string;
  readonly takeOver?: string;
}

/** One statement for each table that the pipeline fills, in the tables' order. */
export function statementsOf(
  { sinks, digest }: Pipeline,
  settings: StatementSettings,
): readonly DeployedStatement[] {
  const { strategy, properties = {}, redeployNonce = "", takeOver } = settings;
  const start = startText(settings.start ?? "earliest");
  return sinks.map(({ name: sink, state }) => {
    const logical = logicalOf(sink);
    const name = jobStatementName(settings.applicationName, {
      logical,
      pipelineDigest: digest,
      sink,
      start,
      properties,
      redeployNonce,
    });
    return {
      logical,
      name,
      sink,
      strategy,
      state,
      start,
      properties,
      ...(takeOver !== undefined && { take_over: takeOver }),
    };
  });
}

/** A time in whole seconds, as RFC 3339 is written by most. */
function startText(start: StartPosition): string {
  if (!(start instanceof Date)) return start;
  // A time that does not exist has no text; the rules refuse it.
  return Number.isNaN(start.getTime()) ? "never" : start.toISOString().replace(/\.000Z$/, "Z");
}
