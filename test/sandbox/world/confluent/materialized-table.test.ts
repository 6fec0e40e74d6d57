import { text } from "../../../../sandbox/world/values";
import { failureOf, run } from "../support/analytics";
import { create, exists, found, query, tables, type } from "../support/materialized";
import { planned } from "../support/planned";

describe("created", () => {
  test("the state holds everything that the schema declares, and of the call nothing", async () => {
    const names = await tables();
    const { terraform, ids } = names.platform;
    const table = await create(names);

    expect(table).toEqual({
      ...names.planned(),
      id: `${ids.environment}/${ids.cluster}/totals`,
      table_options: {},
      session_options: {},
      organization: [],
      environment: [],
      compute_pool: [],
      principal: [],
      distribution: [],
    });
    expect(await terraform.read(type, table, names.flink)).toEqual(table);
  });

  test("with its own arguments, the state holds them", async () => {
    const names = await tables();
    const { ids, terraform } = names.platform;
    const own = {
      organization: [{ id: ids.organization }],
      environment: [{ id: ids.environment }],
      compute_pool: [{ id: ids.pool }],
      principal: [{ id: names.administrator }],
      rest_endpoint: "https://flink.us-east-1.aws.confluent.cloud",
      credentials: [
        { key: text(names.flink, "flink_api_key"), secret: text(names.flink, "flink_api_secret") },
      ],
    };
    const table = await terraform.create(type, names.planned(query, own));

    expect(table).toMatchObject(own);
    expect(await terraform.read(type, table)).toEqual(table);
  });

  test("the resource's own principal and pool reach the state only", async () => {
    const names = await tables();
    const own = { principal: [{ id: "sa-other" }], compute_pool: [{ id: "lfcp-other" }] };

    expect(await create(names, query, own)).toMatchObject(own);
    expect(found(names)).toMatchObject({
      principalId: names.administrator,
      computePoolId: names.platform.ids.pool,
      phase: "RUNNING",
      columns: "id,total",
    });
  });

  test("it makes its topic and registers its value", async () => {
    const names = await tables();
    const { platform } = names;
    await create(names);

    expect(exists(names, `${platform.ids.cluster}/totals`)).toBe(true);
    const state = {
      id: `${platform.ids.registry}/totals-value/latest`,
      subject_name: "totals-value",
    };
    const schema = await platform.terraform.read("schema", state, names.streams);
    expect(JSON.parse(text(schema ?? {}, "schema"))).toEqual({
      type: "record",
      name: "totals_value",
      namespace: "org.apache.flink.avro.generated.record",
      fields: [
        { name: "id", type: ["null", "long"], default: null },
        { name: "total", type: ["null", "double"], default: null },
      ],
    });
  });

  test("distribution and primary key make a key, with a subject of its own", async () => {
    const names = await tables();
    const { ids } = names.platform;
    const table = await create(names, query, {
      columns: [
        {
          columns_physical: [
            { column_physical_name: "id", column_physical_type: "BIGINT NOT NULL" },
          ],
        },
        {
          columns_computed: [
            {
              column_computed_name: "day",
              column_computed_type: "DATE",
              column_computed_expression: "CURRENT_DATE",
            },
          ],
        },
        { columns_metadata: [{ column_metadata_name: "offset", column_metadata_type: "BIGINT" }] },
      ],
      constraints: [{ name: "pk", type: "PRIMARY KEY", columns: ["id"], enforced: false }],
      distribution: [{ kind: "HASH", keys: { $unknown: true }, bucket_count: 4 }],
    });

    expect(table).toMatchObject({ distribution: [{ kind: "HASH", keys: [], bucket_count: 4 }] });
    expect(await names.platform.terraform.read(type, table, names.flink)).toEqual(table);
    expect(exists(names, `${ids.registry}/totals-key/1`)).toBe(true);
    expect(found(names)).toMatchObject({ columns: "id,total,day,offset" });
    expect(
      names.platform.terraform.world.inventory().find(({ id }) => id === `${ids.cluster}/totals`),
    ).toMatchObject({ partitions: 4 });
  });

  test("the provider knows of no partitions until the cloud tells", async () => {
    const distribution = [{ kind: "HASH", keys: ["id"], bucket_count: { $unknown: true } }];

    expect(await create(await tables(), query, { distribution })).toMatchObject({
      distribution: [{ kind: "HASH", keys: ["id"], bucket_count: 6 }],
    });
  });

  test("stopped, it stands still at once", async () => {
    const names = await tables();

    expect(await create(names, query, { stopped: true })).toMatchObject({ stopped: true });
    expect(found(names)).toMatchObject({ phase: "STOPPED" });
  });

  test("* is all columns of a single source", async () => {
    const names = await tables();
    await create(names, "SELECT * FROM orders WHERE amount > 1");

    expect(found(names)).toMatchObject({ columns: "id,amount" });
  });
});

describe("its rows", () => {
  test("can be read by statements and other tables, and written by none", async () => {
    const names = await tables();
    await create(names);

    expect(
      await run(names, "INSERT INTO big_orders (id, amount) SELECT id, total FROM totals"),
    ).toMatchObject({ stopped: false });
    await names.platform.terraform.create(
      type,
      planned.materializedTable("copies", names.platform.ids, "SELECT * FROM totals"),
      names.flink,
    );
    expect(
      names.platform.terraform.world.inventory().find(({ name }) => name === "copies"),
    ).toMatchObject({ columns: "id,total", phase: "RUNNING" });
    expect(
      await failureOf(names, "INSERT INTO totals (id, total) SELECT id, amount FROM orders"),
    ).toContain("Table 'totals' cannot be written: it is a materialized table");
  });

  test("a statement that reads them fails when the table goes", async () => {
    const names = await tables();
    const { terraform } = names.platform;
    const table = await create(names);
    await run(names, "INSERT INTO big_orders (id, amount) SELECT id, total FROM totals");
    await terraform.delete(type, table, names.flink);

    expect(terraform.world.inventory().find(({ name }) => name === "running")).toMatchObject({
      phase: "FAILED",
    });
  });
});
