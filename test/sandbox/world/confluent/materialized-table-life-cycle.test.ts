import { text } from "../../../../sandbox/world/values";
import { create, exists, found, query, tables, type } from "../support/materialized";

describe("changed in place", () => {
  test("it gets more columns, and its schema a next version", async () => {
    const names = await tables();
    const { ids, terraform } = names.platform;
    const table = await create(names);
    const change = {
      query: "SELECT id, amount AS total, CAST(amount AS STRING) AS label FROM orders",
    };
    const updated = await terraform.update(type, table, change, names.flink);

    expect(updated).toEqual({ ...table, ...change });
    expect(await terraform.read(type, updated, names.flink)).toEqual(updated);
    expect(found(names)).toMatchObject({ columns: "id,total,label", phase: "RUNNING" });
    expect(exists(names, `${ids.registry}/totals-value/2`)).toBe(true);
  });

  test("it does not lose one", async () => {
    const names = await tables();
    const table = await create(names);

    expect(
      await names.platform.terraform.refusal("update", type, {
        prior: table,
        planned: { ...table, query: "SELECT id FROM orders" },
        configuration: names.flink,
      }),
    ).toBe(
      `error updating Flink Materialized Table "${text(table, "id")}": 400 Bad Request: Dropping columns of materialized table totals is not supported: total\n` +
        "a column that is no longer needed can be filled with NULL",
    );
    expect(found(names)).toMatchObject({ columns: "id,total", phase: "RUNNING" });
  });

  test("it is stopped and resumed, and options and watermark change", async () => {
    const names = await tables();
    const { terraform } = names.platform;
    const table = await create(names);
    const stopped = await terraform.update(type, table, { stopped: true }, names.flink);
    expect(stopped).toEqual({ ...table, stopped: true });
    expect(found(names)).toMatchObject({ phase: "STOPPED" });

    const change = {
      stopped: false,
      table_options: { "changelog.mode": "append" },
      watermark: [{ column: "total", expression: "total" }],
    };
    const resumed = await terraform.update(type, stopped, change, names.flink);
    expect(resumed).toEqual({ ...stopped, ...change });
    expect(await terraform.read(type, resumed, names.flink)).toEqual(resumed);
  });

  test("it moves to the principal of the provider block, also while it runs", async () => {
    const names = await tables();
    const table = await create(names);
    const other = await names.platform.administrator("other");
    await names.platform.terraform.update(type, table, {}, await names.platform.flink(other));

    expect(found(names)).toMatchObject({ principalId: other, phase: "RUNNING" });
  });

  test("to a query that fails, and back to one that runs", async () => {
    const names = await tables();
    const { terraform } = names.platform;
    const table = await create(names);
    const { diagnostics } = await terraform.call("update", type, {
      prior: table,
      planned: { ...table, query: "SELECT id, total FROM nothing" },
      configuration: names.flink,
    });

    expect(diagnostics[0]?.summary).toContain(
      'error waiting for Flink Materialized Table "totals" to update: Flink Materialized Table "totals" provisioning status is "FAILED": SQL validation failed.',
    );
    expect(found(names)).toMatchObject({ phase: "FAILED" });
    await terraform.update(type, table, { query }, names.flink);
    expect(found(names)).toMatchObject({ phase: "RUNNING", detail: "" });
  });
});

describe("while it runs", () => {
  test("it fails when a role is revoked, unseen by Terraform", async () => {
    const names = await tables();
    const { terraform } = names.platform;
    const table = await create(names);
    const binding = terraform.world.inventory().find(({ name }) => name === "EnvironmentAdmin");
    const spare = await names.platform.account("spare");
    await names.platform.grant(
      spare,
      "FlinkAdmin",
      text(names.platform.environment, "resource_name"),
    );
    await terraform.delete("role_binding", { id: binding?.id ?? "" });

    expect(found(names)).toMatchObject({
      phase: "FAILED",
      detail: expect.stringContaining("Table 'orders' cannot be read"),
    });
    expect(await terraform.read(type, table, await names.platform.flink(spare))).toEqual(table);
  });

  test("its pool stays", async () => {
    const names = await tables();
    const { terraform, pool, ids } = names.platform;
    await create(names);

    expect(await terraform.refusal("delete", "flink_compute_pool", { prior: pool })).toContain(
      `409 Conflict: The compute pool ${ids.pool} has running statements\nstop or delete first: totals`,
    );
  });
});

describe("gone", () => {
  test("its topic goes with it, its subjects linger", async () => {
    const names = await tables();
    const { terraform, ids } = names.platform;
    const table = await create(names);
    await terraform.delete(type, table, names.flink);

    expect(exists(names, `${ids.cluster}/totals`)).toBe(false);
    expect(exists(names, `${ids.registry}/totals-value/1`)).toBe(true);
    expect(await terraform.read(type, table, names.flink)).toBeNull();
    expect(
      await terraform.refusal("delete", type, { prior: table, configuration: names.flink }),
    ).toContain("404 Not Found: Materialized table totals does not exist");
    // The schema that lingers is its own, so that it can be made again.
    expect(await create(names)).toEqual(table);
  });

  test("it goes with its cluster", async () => {
    const names = await tables();
    await create(names);
    await names.platform.terraform.delete("kafka_cluster", names.platform.cluster);

    expect(found(names)).toEqual({});
  });
});

test("a table that the key may not see reads as gone, and one without a key is an error", async () => {
  const names = await tables();
  const { terraform } = names.platform;
  const table = await create(names);
  const weak = await names.platform.flink(await names.platform.account("weak"));

  expect(await terraform.read(type, table, weak)).toBeNull();
  await terraform.delete("api_key", { id: text(weak, "flink_api_key") });
  expect(await terraform.refusal("read", type, { state: table, configuration: weak })).toContain(
    "401 Unauthorized",
  );
});

test("can be imported by environment, cluster and name", async () => {
  const names = await tables();
  const { terraform } = names.platform;
  const table = await create(names);
  const { state } = await terraform.call("import", type, {
    id: text(table, "id"),
    configuration: names.flink,
  });

  expect({ credentials: [], rest_endpoint: null, timeouts: null, ...state }).toEqual(table);
  expect(
    await terraform.refusal("import", type, { id: "totals", configuration: names.flink }),
  ).toContain("invalid format: expected '<env ID>/<Kafka cluster ID>/");
});
