import { Construct } from "constructs";

import { collectLineage, recordLineage, toMermaid } from "../../../constructs/core/lineage";
import { testStack } from "../../support/synth";

const copy = { kind: "statement", name: "copy", reads: ["b", "a", "a"], writes: ["c"] } as const;
const source = { kind: "connector", name: 'the "source"', reads: [], writes: ["a"] } as const;
const topic = { kind: "topic", name: "quiet", reads: [], writes: [] } as const;

test("collects what is recorded anywhere, in an order that depends on nothing but the content", () => {
  const collected = [
    [copy, source, topic],
    [topic, copy, source],
  ].map((records) => {
    const stack = testStack();
    records.forEach((record, index) => {
      recordLineage(new Construct(new Construct(stack, `Outer${index}`), "Inner"), record);
    });
    return collectLineage(stack.node.root);
  });
  expect(collected[0]).toEqual({
    tables: ["a", "b", "c", "quiet"],
    processes: [source, { ...copy, reads: ["a", "b"] }],
  });
  expect(collected[1]).toEqual(collected[0]);
});

test("a construct may stand for several things, and what is recorded twice is there once", () => {
  const stack = testStack();
  recordLineage(stack, copy);
  recordLineage(stack, source);
  recordLineage(stack, copy);
  expect(collectLineage(stack).processes.map(({ name }) => name)).toEqual(['the "source"', "copy"]);
});

const application = { kind: "application", name: "app", reads: ["c"], writes: [] } as const;

test("draws tables as cylinders, applications round, and an arrow for each way that records take", () => {
  const stack = testStack();
  for (const record of [copy, source, topic, application]) recordLineage(stack, record);
  expect(toMermaid(collectLineage(stack))).toBe(
    [
      "flowchart LR",
      '  table_a[("a")]',
      '  table_b[("b")]',
      '  table_c[("c")]',
      '  table_quiet[("quiet")]',
      '  application_app(["app"])',
      '  connector_the_32__34_source_34_["the #quot;source#quot;"]',
      '  statement_copy["copy"]',
      "  table_c --> application_app",
      "  connector_the_32__34_source_34_ --> table_a",
      "  table_a --> statement_copy",
      "  table_b --> statement_copy",
      "  statement_copy --> table_c",
    ].join("\n"),
  );
});

test("nothing recorded is an empty picture", () => {
  expect(toMermaid(collectLineage(testStack()))).toBe("flowchart LR");
});
