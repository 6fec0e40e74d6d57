import { App, TerraformStack } from "cdktf";

import { Evolution } from "../../../constructs/confluent/flink-evolution";
import {
  FlinkPipeline,
  type FlinkPipelineProps,
} from "../../../constructs/confluent/flink-pipeline";
import { FlinkStatement } from "../../../constructs/confluent/flink-statement";
import { collectLineage } from "../../../constructs/core/lineage";
import { synth, testStack } from "../../support/synth";
import { directoryOf, FakeFlinkAccess, OpenFlinkAccess } from "./flink-fixtures";

const tables = ["a", "b", "c", "d"].map((name) => ({ name }));

/** Makes statements, each of which copies some tables into another, such as `copy("b", "a")`. */
function copier(stack: TerraformStack, Access = OpenFlinkAccess as typeof FakeFlinkAccess) {
  const access = new Access(stack);
  return (sink: string, ...sources: readonly string[]): FlinkStatement => {
    const query = sources.map((source) => `SELECT x FROM ${source}`).join(" UNION ALL ");
    return new FlinkStatement(stack, `${sources.join("")}-${sink}`, {
      access,
      statementName: `${sources.join("-")}-to-${sink}`,
      directory: directoryOf({ "v1.sql": `INSERT INTO ${sink} (x) ${query}` }),
      catalog: "lab",
      database: "main",
      tables,
      evolution: Evolution.recreate({ state: "discarded", reads: "earliest" }),
    });
  };
}

/** What each statement waits for, without the hashes of logical names. */
function order(stack: TerraformStack): Record<string, unknown> {
  const statements = synth(stack).resource?.["confluent_flink_statement"] ?? {};
  const plain = (name: string): string => name.replace(/_[0-9A-F]{8}$/, "").replace(/^.*\./, "");
  return Object.fromEntries(
    Object.entries(statements).map(([id, { depends_on: before = [] }]) => [
      plain(id),
      (before as string[]).map(plain),
    ]),
  );
}

function refusal(props: FlinkPipelineProps, stack: TerraformStack): string {
  try {
    new FlinkPipeline(stack, "Pipeline", props);
    return "nothing was refused";
  } catch (error) {
    return String(error);
  }
}

test("each statement waits for those whose tables it reads, in whatever order they are written", () => {
  const stack = testStack();
  const copy = copier(stack);
  const processes = [copy("d", "b", "c"), copy("c", "b"), copy("b", "a")];
  new FlinkPipeline(stack, "Pipeline", { processes });
  expect(order(stack)).toEqual({ "a-b": [], "b-c": ["a-b"], "bc-d": ["b-c", "a-b"] });
});

test("what a statement waits for anyway, it goes on waiting for", () => {
  const stack = testStack();
  const copy = copier(stack, FakeFlinkAccess);
  new FlinkPipeline(stack, "Pipeline", { processes: [copy("b", "a"), copy("c", "b")] });
  expect(order(stack)).toMatchObject({
    "b-c": ["Roles_DeveloperRead-b", "Roles_DeveloperWrite-c", "a-b"],
  });
});

test("between stacks, stacks wait for one another, not statements", () => {
  const stack = testStack();
  const other = new TerraformStack(App.of(stack), "other");
  const processes = [copier(stack)("b", "a"), copier(other)("c", "b")];
  new FlinkPipeline(stack, "Pipeline", { processes });
  expect(order(stack)).toEqual({ "a-b": [] });
});

test("knows its own lineage, whatever else is in the stack", () => {
  const stack = testStack();
  const copy = copier(stack);
  copy("d", "a");
  const { lineage } = new FlinkPipeline(stack, "Pipeline", { processes: [copy("b", "a")] });
  expect(lineage).toEqual({
    tables: ["a", "b"],
    processes: [{ kind: "statement", name: "a-to-b", reads: ["a"], writes: ["b"] }],
  });
  expect(collectLineage(stack).tables).toEqual(["a", "b", "d"]);
});

test("fails for statements that wait for one another, and names the way", () => {
  const stack = testStack();
  const copy = copier(stack);
  const processes = [copy("d", "c"), copy("b", "a"), copy("c", "b"), copy("a", "c")];
  expect(refusal({ processes }, stack)).toContain(
    "test/Pipeline: processes must feed one another in one direction, got b-to-c → c-to-a → a-to-b → b-to-c",
  );
});

test("fails for a statement that reads what it writes", () => {
  const stack = testStack();
  expect(refusal({ processes: [copier(stack)("a", "a")] }, stack)).toContain("got a-to-a → a-to-a");
});

test("fails when two statements write one table, unless that is meant", () => {
  const stack = testStack();
  const copy = copier(stack);
  const processes = [copy("c", "a"), copy("c", "b")];
  expect(refusal({ processes }, stack)).toContain(
    "test/Pipeline: c must have one writer, or be named in sharedTables, got a-to-c and b-to-c",
  );
  expect(refusal({ processes, sharedTables: ["c"] }, testStack())).toBe("nothing was refused");
});
