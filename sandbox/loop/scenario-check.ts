import type { StackPlan } from "../../delivery/plan";
import { changeLine } from "../../delivery/plan-text";
import { UserError } from "../../delivery/user-error";
import type { Scenario } from "../scenario";

/**
 * Compares what a stack of the changed application plans with what the scenario says it must cause.
 * @throws UserError that lists every planned change too many or too few, drift and output changes included
 */
export function checkScenario(scenario: Scenario, { stack, summary }: StackPlan): void {
  const expected = (scenario.expected[stack.shortName] ?? []).map(changeLine);
  const planned = [
    ...summary.changes.map(changeLine),
    ...summary.drift.map((change) => `drifted: ${changeLine(change)}`),
    ...summary.outputs.map((change) => `output: ${changeLine(change)}`),
  ];
  const differences = [
    ...expected.filter((line) => !planned.includes(line)).map((line) => `  expected: ${line}`),
    ...planned.filter((line) => !expected.includes(line)).map((line) => `  planned:  ${line}`),
  ];
  if (differences.length > 0) {
    throw new UserError(
      [
        `the plan of the changed ${stack.shortName} is not what sandbox/scenario.ts says:`,
        ...differences,
      ].join("\n"),
    );
  }
}
