import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { create, exists, found, query, tables, type, type Tables } from "../support/materialized";
import { orderSchema, planned } from "../support/planned";
import { Platform } from "../support/platform";

/** What a table that fails says in its status. */
async function detailOf(
  { platform, flink, planned: plan }: Pick<Tables, "platform" | "flink" | "planned">,
  ...change: readonly [string?, TerraformObject?]
): Promise<string> {
  const { state, diagnostics } = await platform.terraform.call("create", type, {
    planned: plan(...change),
    configuration: flink,
  });
  const waiting =
    'error waiting for Flink Materialized Table "totals" to provision: Flink Materialized Table "totals" provisioning status is "FAILED": ';
  // It is kept, so that Terraform replaces it.
  expect(text(state ?? {}, "display_name")).toBe("totals");
  expect(diagnostics[0]?.summary.slice(0, waiting.length)).toBe(waiting);
  return diagnostics[0]?.summary.slice(waiting.length) ?? "";
}

describe("fails", () => {
  test.each<[string, string, TerraformObject, string]>([
    [
      "no query",
      "INSERT INTO orders SELECT * FROM orders",
      {},
      "SQL parse failed. a materialized table is defined by a query",
    ],
    [
      "a source that is not there",
      "SELECT a FROM nothing",
      {},
      "Table (or view) 'nothing' does not exist",
    ],
    [
      "an unnamed column",
      "SELECT id, amount * 2 FROM orders",
      {},
      "Column 2 of the query has no usable name: give it one with AS.",
    ],
    [
      "a star over two tables",
      "SELECT * FROM orders JOIN big_orders ON TRUE",
      {},
      "The sandbox cannot tell what * stands for here: list the columns.",
    ],
    [
      "a query in parentheses",
      "WITH t AS (SELECT id FROM orders) (SELECT id FROM t)",
      {},
      "The sandbox cannot tell the columns of this query",
    ],
    [
      "a watermark on nothing",
      query,
      { watermark: [{ column: "ts", expression: "ts" }] },
      "Column 'ts' is not in the table; it has: id, total.",
    ],
    [
      "a key of nothing",
      query,
      { distribution: [{ kind: "HASH", keys: ["shop"], bucket_count: 1 }] },
      "Column 'shop' is not in the table; it has: id, total.",
    ],
    [
      "another format",
      query,
      { table_options: { "value.format": "json-registry" } },
      "The sandbox writes materialized tables as avro-registry only, not as value.format 'json-registry'.",
    ],
  ])("for %s", async (_case, sql, more, detail) => {
    expect(await detailOf(await tables(), sql, more)).toContain(detail);
  });

  test("where the subject has an incompatible schema", async () => {
    const names = await tables();
    await names.platform.terraform.create(
      "schema",
      planned.schema("totals-value", orderSchema),
      names.streams,
    );

    expect(await detailOf(names)).toContain("error validating a schema: [{oldSchemaVersion: 1}");
    expect(exists(names, `${names.platform.ids.cluster}/totals`)).toBe(false);
  });

  test("where a topic of its name is there, without a trace", async () => {
    const names = await tables();
    const { terraform, ids } = names.platform;
    await terraform.create("kafka_topic", planned.topic("totals"), names.streams);

    expect(
      await terraform.refusal("create", type, {
        planned: names.planned(),
        configuration: names.flink,
      }),
    ).toBe(
      'error creating Flink Materialized Table "totals": 409 Conflict: Table totals already exists\n' +
        `there is a topic ${ids.cluster}/totals, and a materialized table makes a topic of its own`,
    );
    expect(found(names)).toEqual({});
  });

  test("twice under one name, and Terraform's topic after it as well", async () => {
    const names = await tables();
    const { terraform } = names.platform;
    await create(names);

    expect(
      await terraform.refusal("create", type, {
        planned: names.planned(),
        configuration: names.flink,
      }),
    ).toContain("409 Conflict: Materialized table totals already exists");
    expect(
      await terraform.refusal("create", "kafka_topic", {
        planned: planned.topic("totals"),
        configuration: names.streams,
      }),
    ).toContain("400 Bad Request: Topic 'totals' already exists.");
  });

  test("under a name that no topic can have", async () => {
    const names = await tables();

    expect(
      await names.platform.terraform.refusal("create", type, {
        planned: names.planned(query, { display_name: "to tals" }),
        configuration: names.flink,
      }),
    ).toContain('400 Bad Request: Invalid table name "to tals"');
  });

  test("in a cluster that its pool does not see", async () => {
    const names = await tables();
    const { terraform, ids } = names.platform;
    const far = await terraform.create("kafka_cluster", {
      ...planned.kafkaCluster(ids.environment, "far"),
      region: "eu-west-1",
    });

    expect(
      await terraform.refusal("create", type, {
        planned: names.planned(query, { kafka_cluster: [{ id: text(far, "id") }] }),
        configuration: names.flink,
      }),
    ).toContain(`404 Not Found: Database ${text(far, "id")} was not found.`);
  });

  test("and does not take a topic that somebody else made meanwhile", async () => {
    const names = await tables();
    const { terraform } = names.platform;
    await detailOf(names, "SELECT a FROM nothing");
    await terraform.create("kafka_topic", planned.topic("totals"), names.streams);
    const prior = {
      ...names.planned(),
      id: text(found(names), "id"),
      organization: [],
      environment: [],
      compute_pool: [],
      principal: [],
      distribution: [],
      table_options: {},
      session_options: {},
    };

    expect(
      await terraform.refusal("update", type, {
        prior,
        planned: prior,
        configuration: names.flink,
      }),
    ).toContain("409 Conflict: Table totals already exists");
    await terraform.delete(type, prior, names.flink);
    expect(exists(names, `${names.platform.ids.cluster}/totals`)).toBe(true);
  });
});

test("needs a pool that is there", async () => {
  const platform = await Platform.create();
  const flink = await platform.flink(await platform.administrator());

  expect(
    await platform.terraform.refusal("create", type, {
      planned: planned.materializedTable("totals", platform.ids, query),
      configuration: { ...flink, flink_compute_pool_id: "lfcp-none" },
    }),
  ).toContain("The compute pool lfcp-none was not found.");
});
