import type { Cost } from "../../../bench/deploy/measure";
import { type Action, cells } from "../../../bench/deploy/verdict";

const cost = (seconds: number, mebibytes: number): Cost => ({
  seconds,
  cpu_seconds: seconds / 2,
  mebibytes,
});
const row = (action: Action, ...costs: readonly Cost[]): readonly string[] =>
  cells({ engine: "compiled", action, costs });

test("tells the median of the seconds and the highest peak", () => {
  expect(row("status", cost(0.2, 40), cost(0.9, 50), cost(0.4, 45))).toEqual([
    "compiled: status",
    "0.40",
    "0.20",
    "50",
    "PASS",
  ]);
});

test.each([
  ["delete", cost(1, 96), "PASS"],
  ["unchanged deploy", cost(1.01, 40), "over"],
  ["status", cost(0.1, 96.1), "over"],
  ["cold deploy", cost(9, 200), ""],
] as const)("a %s that costs %j: %j", (action, measured, verdict) => {
  expect(row(action, measured).at(-1)).toBe(verdict);
});
