import type { StackPlan } from "../../../delivery/plan";
import type { PlannedChange, PlanSummary } from "../../../delivery/plan-summary";
import { UserError } from "../../../delivery/user-error";
import type { Scenario } from "../../../sandbox/scenario";
import { checkScenario } from "../../../sandbox/loop/scenario-check";

const created: PlannedChange = { address: "confluent_kafka_topic.a", actions: ["create"] };
const replaced: PlannedChange = {
  address: "confluent_flink_statement.b",
  actions: ["delete", "create"],
};
const scenario: Scenario = { days: 31, edits: [], expected: { streams: [created, replaced] } };

function check(summary: Partial<PlanSummary>, shortName = "streams"): () => void {
  const stack = { name: `x-${shortName}`, shortName, directory: "", configurationFile: "" };
  const plan: StackPlan = {
    stack: { ...stack, dependencies: [] },
    summary: { changes: [], drift: [], outputs: [], ...summary },
    json: {},
    changeCount: 0,
  };
  return () => {
    checkScenario(scenario, plan);
  };
}

test("a plan that holds exactly the expected changes passes, in any order", () => {
  expect(check({ changes: [replaced, created] })).not.toThrow();
});

test("a stack that the scenario does not name must not change", () => {
  expect(check({}, "platform")).not.toThrow();
  expect(check({ changes: [created] }, "platform")).toThrow(
    new UserError(
      "the plan of the changed platform is not what sandbox/scenario.ts says:\n" +
        "  planned:  + confluent_kafka_topic.a",
    ),
  );
});

test("a change that is missing, one too many and one of another kind are all listed", () => {
  const other: PlannedChange = { address: replaced.address, actions: ["update"] };

  expect(check({ changes: [other] })).toThrow(
    new UserError(
      [
        "the plan of the changed streams is not what sandbox/scenario.ts says:",
        "  expected: + confluent_kafka_topic.a",
        "  expected: -/+ confluent_flink_statement.b",
        "  planned:  ~ confluent_flink_statement.b",
      ].join("\n"),
    ),
  );
});

test.each<[string, Partial<PlanSummary>, string]>([
  ["drift", { drift: [{ address: "x.y", actions: ["update"] }] }, "  planned:  drifted: ~ x.y"],
  ["an output", { outputs: [{ address: "id", actions: ["create"] }] }, "  planned:  output: + id"],
])("%s that nobody expects is a difference", (_, found, line) => {
  expect(check({ changes: [created, replaced], ...found })).toThrow(line);
});
