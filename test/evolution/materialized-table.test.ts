import { join } from "node:path";

import { FlinkMaterializedTable } from "../../constructs/confluent/flink-materialized-table";
import { Laboratory, oneLine, type Declaration } from "./support/laboratory";

jest.setTimeout(120_000);

interface Given {
  readonly columns: readonly string[];
  readonly buckets?: number;
}

function table({ columns, buckets = 4 }: Given): Declaration {
  return ({ stack, access, directory }) => {
    new FlinkMaterializedTable(stack, "Totals", {
      access,
      tableName: "totals",
      queryFile: join(directory, "query.sql"),
      catalog: "streaming",
      cluster: { kafkaClusterId: laboratory.platform.ids.cluster, displayName: "main" },
      tables: [{ name: "orders" }],
      columns: columns.map((name) => ({
        name,
        type: name === "id" ? "BIGINT NOT NULL" : "DOUBLE",
      })),
      primaryKey: ["id"],
      distribution: { keys: ["id"], buckets },
      startMode: "RESUME_OR_FROM_BEGINNING",
    });
  };
}

let laboratory: Laboratory;

/** The topic that holds the table, and the table. */
function existing(): readonly object[] {
  return laboratory.platform.terraform.world
    .inventory()
    .filter(({ name }) => name === "totals")
    .map(({ type, id, phase }) => ({ type, id, ...(phase !== undefined && { phase }) }));
}

beforeEach(async () => {
  laboratory = await Laboratory.open(table({ columns: ["id", "total"] }), "orders");
  laboratory.write({ "query.sql": "SELECT id, SUM(amount) AS total FROM orders GROUP BY id" });
  await laboratory.deploy();
});

afterEach(() => laboratory.close());

it("another query and one more column change the table in place: consumers keep their topic", async () => {
  const before = existing();
  expect(before).toMatchObject([
    { type: "confluent_flink_materialized_table", phase: "RUNNING" },
    { type: "confluent_kafka_topic" },
  ]);
  expect(await laboratory.isSettled()).toBe(true);
  laboratory.write(
    { "query.sql": "SELECT id, SUM(amount) AS total, MAX(amount) AS top FROM orders GROUP BY id" },
    table({ columns: ["id", "total", "top"] }),
  );
  expect(await laboratory.deploy()).toEqual(["update totals"]);
  expect(existing()).toEqual(before);
  expect(await laboratory.isSettled()).toBe(true);
});

it("a change that would make another table, and lose the rows of this one, stops the plan", async () => {
  const before = existing();
  laboratory.synthesize(table({ columns: ["id", "total"], buckets: 8 }));
  expect(oneLine(await laboratory.planError())).toContain("Instance cannot be destroyed");
  expect(existing()).toEqual(before);
});
