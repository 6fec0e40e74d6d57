import { text } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";

test("the state holds everything that the schema declares", async () => {
  const { terraform, pool, environment, ids } = await Platform.create();

  expect(pool).toEqual({
    id: ids.pool,
    api_version: "fcpm/v2",
    kind: "ComputePool",
    display_name: "statements",
    cloud: "AWS",
    region: "us-east-1",
    max_cfu: 10,
    default_pool: false,
    environment: [{ id: ids.environment }],
    resource_name: `${text(environment, "resource_name")}/flink-region=aws.us-east-1/compute-pool=${ids.pool}`,
    timeouts: null,
  });
  expect(await terraform.read("flink_compute_pool", pool)).toEqual(pool);
  const { state } = await terraform.call("import", "flink_compute_pool", {
    id: `${ids.environment}/${ids.pool}`,
  });
  expect({ timeouts: null, ...state }).toEqual(pool);
});

test("an omitted size becomes the cloud's default", async () => {
  const { terraform, ids } = await Platform.create();
  const pool = await terraform.create("flink_compute_pool", {
    ...planned.computePool(ids.environment, "plain"),
    max_cfu: { $unknown: true },
  });

  expect(pool["max_cfu"]).toBe(5);
});

test.each([
  [
    "an unknown environment",
    { environment: [{ id: "env-none" }] },
    '403 Forbidden: Forbidden Access\nenvironment "env-none" does not exist',
  ],
  [
    "a region without Flink",
    { region: "mars-1" },
    "400 Bad Request: region mars-1 is not supported in AWS",
  ],
  [
    "a size that is not sold",
    { max_cfu: 7 },
    "400 Bad Request: max_cfu must be one of 5, 10, 20, 30, 40, 50\ngot 7",
  ],
])("fails for %s", async (_case, change, message) => {
  const { terraform, ids } = await Platform.create();

  expect(
    await terraform.refusal("create", "flink_compute_pool", {
      planned: { ...planned.computePool(ids.environment), ...change },
    }),
  ).toBe(`error creating Flink Compute Pool "": ${message}`);
});

test("can grow and be renamed, and cannot shrink", async () => {
  const { terraform, pool, ids } = await Platform.create();
  const grown = await terraform.update("flink_compute_pool", pool, {
    max_cfu: 20,
    display_name: "bigger",
    default_pool: true,
  });

  expect(grown).toEqual({ ...pool, max_cfu: 20, display_name: "bigger", default_pool: true });
  expect(
    await terraform.refusal("update", "flink_compute_pool", {
      prior: grown,
      planned: { ...grown, max_cfu: 10 },
    }),
  ).toBe(
    `error updating Flink Compute Pool "${ids.pool}": 400 Bad Request: The maximum number of CFUs of a compute pool cannot be decreased\n` +
      `${ids.pool} has 20, 10 were asked for`,
  );
});

test("one with a running statement cannot be deleted; one whose statements ended can", async () => {
  const platform = await Platform.create();
  const { terraform, pool, ids } = platform;
  const administrator = await platform.administrator();
  await platform.tables(await platform.streams(administrator), "orders");
  const flink = await platform.flink(administrator);
  const statement = await terraform.create(
    "flink_statement",
    planned.statement("reader", "SELECT * FROM orders"),
    flink,
  );

  expect(await terraform.refusal("delete", "flink_compute_pool", { prior: pool })).toBe(
    `error deleting Flink Compute Pool "${ids.pool}": 409 Conflict: The compute pool ${ids.pool} has running statements\n` +
      "stop or delete first: reader",
  );
  await terraform.update("flink_statement", statement, { stopped: true }, flink);
  await terraform.delete("flink_compute_pool", pool);
  expect(terraform.world.inventory().map(({ type }) => type)).not.toContain(
    "confluent_flink_statement",
  );
});

test("one that is gone reads as gone", async () => {
  const { terraform, pool, ids } = await Platform.create();
  await terraform.delete("flink_compute_pool", pool);

  expect(await terraform.read("flink_compute_pool", pool)).toBeNull();
  expect(await terraform.refusal("delete", "flink_compute_pool", { prior: pool })).toBe(
    `error deleting Flink Compute Pool "${ids.pool}": 403 Forbidden: Forbidden Access\ncompute pool "${ids.pool}" does not exist`,
  );
});
