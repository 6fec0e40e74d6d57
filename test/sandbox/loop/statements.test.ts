import {
  deployedJobs,
  outcomeOf,
  plannedJobs,
  StatementHistory,
} from "../../../sandbox/loop/statements";
import { RunDirectory } from "../../../sandbox/run/directories";
import type { WorldStatement } from "../../../sandbox/services/world-client";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

const event = (engine: string, ...names: readonly string[]): string =>
  JSON.stringify({
    role: "deploy",
    engine,
    app: { name: "flights" },
    statements: names.map((name) => ({ name })),
  });

const job = { application: "flights", engine: "table-api", statements: ["flights-a-1"] };

const statement = (name: string, phase: string): WorldStatement => ({
  name,
  phase,
  detail: "",
  labels: {},
});

test("deployed jobs are read from the events in a stack's state", () => {
  const run = new RunDirectory(temporaryDirectory()).create();
  const instances = [
    { attributes: { input: event("table-api", "flights-a-1") } },
    { attributes: { input: JSON.stringify({ role: "teardown", app: { name: "flights" } }) } },
    { attributes: { input: "no JSON" } },
    { attributes: { input: event("another", "flights-b-1") } },
  ];
  writeFiles(run.states, {
    "flights.tfstate": JSON.stringify({
      resources: [
        { type: "aws_lambda_invocation", instances },
        { type: "aws_iam_role", instances: [{ attributes: {} }] },
      ],
    }),
  });

  expect(deployedJobs(run, "flights")).toEqual([job]);
  expect(deployedJobs(run, "absent")).toEqual([]);
});

test("planned jobs are read from what a plan makes", () => {
  const change = (after: unknown): unknown => ({
    type: "aws_lambda_invocation",
    change: { after },
  });

  expect(
    plannedJobs({
      resource_changes: [
        change({ input: event("table-api", "flights-a-1") }),
        change(null),
        { type: "aws_iam_role", change: { after: { input: event("compiled", "x") } } },
      ],
    }),
  ).toEqual([job]);
  expect(plannedJobs({})).toEqual([]);
});

test("a statement is followed until it is not there any more", () => {
  const history = new StatementHistory();
  history.know([{ application: "flights", engine: "compiled", statements: ["flights-a-1"] }]);
  const lookUp = {
    ...statement("look-up", "COMPLETED"),
    labels: { "user.confluent.io/hidden": "true" },
  };
  const made = [statement("flights-a-1", "RUNNING"), statement("trades-1", "RUNNING")];
  history.record("create", [...made, lookUp]);
  history.note("failed change", "flights-a-1", "RUNNING");
  history.record("destroy", [statement("trades-1", "STOPPED")]);

  expect(history.entries).toEqual([
    { name: "flights-a-1", engine: "compiled", phase: "create", outcome: "RUNNING" },
    { name: "trades-1", engine: "sql", phase: "create", outcome: "RUNNING" },
    { name: "flights-a-1", engine: "compiled", phase: "failed change", outcome: "RUNNING" },
    { name: "flights-a-1", engine: "compiled", phase: "destroy", outcome: "absent" },
    { name: "trades-1", engine: "sql", phase: "destroy", outcome: "STOPPED" },
  ]);
});

test("the outcome is what Flink says", () => {
  expect(outcomeOf("a", [statement("a", "FAILED")])).toBe("FAILED");
  expect(outcomeOf("b", [statement("a", "FAILED")])).toBe("absent");
});
