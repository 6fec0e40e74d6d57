import type { CtyType } from "../../../../sandbox/provider/cty/type";
import { UNKNOWN, type Value } from "../../../../sandbox/provider/cty/value";
import { restoreNulls, type Step } from "../../../../sandbox/provider/planning/normalize-nulls";

const text: CtyType = { kind: "string" };

test.each<[Step, Value, Value]>([
  ["plan", null, UNKNOWN],
  ["read", null, UNKNOWN],
  ["apply", null, null],
  ["plan", "made", "made"],
  ["read", "made", "made"],
  ["apply", "made", "made"],
])("at the step %s, %p made from an unknown value is %p", (step, made, expected) => {
  expect(restoreNulls(text, made, UNKNOWN, step)).toBe(expected);
});
