import type { StackPlan } from "./plan";
import { countChanges, type PlannedChange } from "./plan-summary";

/** Terraform's own signs for actions; anything else is named in words. */
const SIGNS: Readonly<Record<string, string>> = {
  create: "+",
  update: "~",
  delete: "-",
  "delete,create": "-/+",
  "create,delete": "+/-",
  read: "<=",
};

/** A plan as lines of text: a headline, then one line for each change, drifted object and output. Holds no values. */
export function planLines({ stack, summary, changeCount }: StackPlan): string[] {
  if (changeCount === 0) return [`${stack.shortName}: no changes`];
  if (countChanges(summary) === 0) {
    return [
      `${stack.shortName}: Terraform finds something to do, but the plan names no object: see its log`,
    ];
  }
  const { changes, drift, outputs } = summary;
  return [
    `${stack.shortName}: ${plural(changes.length, "change")}, ${drift.length} drifted, ${plural(outputs.length, "output")}`,
    ...changes.map((change) => `  ${changeLine(change)}`),
    ...drift.map((change) => `  drifted: ${changeLine(change)}`),
    ...outputs.map((change) => `  output: ${changeLine(change)}`),
  ];
}

/** One planned change, such as `-/+ confluent_flink_statement.union`. */
export function changeLine({ address, actions, previousAddress }: PlannedChange): string {
  const sign = SIGNS[actions.join(",")] ?? actions.join(" and ");
  return previousAddress === undefined
    ? `${sign} ${address}`
    : `${sign} ${address} (was ${previousAddress})`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
