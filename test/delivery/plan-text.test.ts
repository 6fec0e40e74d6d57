import type { StackPlan } from "../../delivery/plan";
import type { PlanSummary } from "../../delivery/plan-summary";
import { changeLine, planLines } from "../../delivery/plan-text";

/** The plan of a stack. */
function planOf(summary: Partial<PlanSummary>, changeCount: number): StackPlan {
  return {
    stack: {
      name: "demo-streams",
      shortName: "streams",
      directory: "",
      configurationFile: "",
      dependencies: [],
    },
    summary: { changes: [], drift: [], outputs: [], ...summary },
    json: {},
    changeCount,
  };
}

test("a plan without changes is one line", () => {
  expect(planLines(planOf({}, 0))).toEqual(["streams: no changes"]);
});

test("everything found has its line", () => {
  const plan = planOf(
    {
      changes: [{ address: "t.a", actions: ["create"] }],
      drift: [{ address: "t.b", actions: ["update"] }],
      outputs: [
        { address: "c", actions: ["update"] },
        { address: "d", actions: ["delete"] },
      ],
    },
    4,
  );

  expect(planLines(plan)).toEqual([
    "streams: 1 change, 1 drifted, 2 outputs",
    "  + t.a",
    "  drifted: ~ t.b",
    "  output: ~ c",
    "  output: - d",
  ]);
});

test("what only Terraform calls a change is said", () => {
  expect(planLines(planOf({}, 1))).toEqual([
    "streams: Terraform finds something to do, but the plan names no object: see its log",
  ]);
});

test.each([
  [["create"], "+ t.a"],
  [["update"], "~ t.a"],
  [["delete"], "- t.a"],
  [["delete", "create"], "-/+ t.a"],
  [["create", "delete"], "+/- t.a"],
  [["read"], "<= t.a"],
  [["create", "forget"], "create and forget t.a"],
])("%j is written as %s", (actions, line) => {
  expect(changeLine({ address: "t.a", actions })).toBe(line);
});

test("a moved object is written with its former address", () => {
  expect(changeLine({ address: "t.b", actions: ["no-op"], previousAddress: "t.a" })).toBe(
    "no-op t.b (was t.a)",
  );
});
