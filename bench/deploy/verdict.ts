import type { Engine } from "./events";
import type { Cost } from "./measure";

/** What the function is called for. */
export type Action = "cold deploy" | "unchanged deploy" | "status" | "delete";

/** Whatever changes nothing, or only takes away, must cost no more than this with either engine. */
export const LIMITS = { seconds: 1, mebibytes: 96 } as const;

/** The costs of one action, of as many calls as were made. */
export interface Row {
  readonly engine: Engine;
  readonly action: Action;
  readonly costs: readonly Cost[];
}

/** What {@link cells} says, in order. */
export const HEADINGS = ["", "seconds", "of them CPU", "MiB", ""];

/** A table's line: the medians of the seconds, the highest peak, and whether they are within the limits. */
export function cells({ engine, action, costs }: Row): readonly string[] {
  const seconds = median(costs.map((cost) => cost.seconds));
  const mebibytes = Math.max(...costs.map((cost) => cost.mebibytes));
  const isWithin = seconds <= LIMITS.seconds && mebibytes <= LIMITS.mebibytes;
  return [
    `${engine}: ${action}`,
    seconds.toFixed(2),
    median(costs.map((cost) => cost.cpu_seconds)).toFixed(2),
    mebibytes.toFixed(0),
    action === "cold deploy" ? "" : isWithin ? "PASS" : "over",
  ];
}

/** Of an odd number of values. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
