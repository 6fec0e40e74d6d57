import { flinkMaterializedTable } from "../../../../sandbox/provider/confluent/flink-materialized-table";
import { exampleType, optional, planExample } from "../support/planning";

const type = exampleType(
  { attributes: { query: optional } },
  { diffSuppress: ["query"] },
  { sameAs: flinkMaterializedTable.sameAs },
);

const query = "SELECT `region`, SUM(amount) AS total FROM orders GROUP BY `region`";

test.each([
  "SELECT region, SUM(amount) AS total FROM orders GROUP BY region",
  "SELECT region,\n  SUM(amount) AS total\nFROM orders\nGROUP BY region\n",
])("quotes and layout make no other query: %j", async (written) => {
  expect(await planExample(type, { query }, { query: written })).toStrictEqual({
    planned: { id: "id-1", query },
    replaces: [],
    refused: [],
  });
});

test.each([
  "SELECT region, MAX(amount) AS total FROM orders GROUP BY region",
  "SELECT region, sum(amount) AS total FROM orders GROUP BY region",
])("any other difference does: %j", async (written) => {
  expect(await planExample(type, { query }, { query: written })).toStrictEqual({
    planned: { id: "id-1", query: written },
    replaces: [],
    refused: [],
  });
});

test("an update of anything else is refused, in a sentence that lists what may change", () => {
  expect(flinkMaterializedTable.updateRefusal?.("env-1/lkc-1/totals", ["query", "stopped"])).toBe(
    'error updating Flink Materialized Table "env-1/lkc-1/totals": only "query" and "stopped" attributes can be updated for Flink Materialized Table',
  );
});
