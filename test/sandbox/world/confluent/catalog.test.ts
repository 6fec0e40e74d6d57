import { ProtocolError } from "../../../../sandbox/world/protocol";
import type { JsonObject } from "../../../../sandbox/world/values";
import { Gateway } from "../support/gateway";
import { orderSchema, planned } from "../support/planned";
import { Terraform } from "../support/terraform";

const value = { format: "AVRO", text: orderSchema };
const key = { format: "AVRO", text: '{"type": "string"}' };
const request = {
  region: "us-east-1",
  catalog: "airlines",
  database: "flights",
  tables: [
    { name: "orders", valueSchema: value },
    { name: "big_orders", valueSchema: value, keySchema: key, partitions: 2 },
  ],
};

test("it makes all that a client needs, and the client can work at once", async () => {
  const { world } = new Terraform();
  const access = world.createCatalog(request);
  expect(access).toEqual({
    organizationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    environmentId: expect.stringMatching(/^env-/),
    computePoolId: expect.stringMatching(/^lfcp-/),
    principalId: expect.stringMatching(/^sa-/),
    cloud: "AWS",
    region: "us-east-1",
    catalog: "airlines",
    database: "flights",
    apiKey: expect.stringMatching(/^[A-Z0-9]{16}$/),
    apiSecret: expect.stringMatching(/^.{64}$/),
  });
  const { organizationId, environmentId, computePoolId, apiKey, apiSecret } = access;
  const flink = new Gateway(world, organizationId, environmentId, computePoolId, apiKey, apiSecret);
  const properties = { "sql.current-catalog": "airlines", "sql.current-database": "flights" };
  const copy = "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders";
  await flink.submit("copy-1", copy, { properties });

  expect(await flink.phases("copy-1", 2)).toEqual(["PENDING", "RUNNING"]);
  const columns =
    "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'big_orders'";
  expect(await flink.ask(columns, { properties })).toEqual([
    ["key"],
    ["id"],
    ["amount"],
    ["$rowtime"],
  ]);
  expect(
    world.inventory().flatMap((item) => (item.type === "confluent_kafka_topic" ? [item] : [])),
  ).toMatchObject([
    { name: "big_orders", partitions: 2 },
    { name: "orders", partitions: 6 },
  ]);
});

test("two worlds of a seed make the same", () => {
  const make = (): unknown => new Terraform("seed").world.createCatalog(request);

  expect(make()).toEqual(make());
});

test("without tables there is a database without tables", () => {
  const { world } = new Terraform();
  world.createCatalog({ ...request, tables: undefined });

  expect(world.inventory().map(({ type }) => type)).not.toContain("confluent_kafka_topic");
});

test("fails in a world that is not empty", async () => {
  const terraform = new Terraform();
  await terraform.create("environment", planned.environment());

  expect(() => terraform.world.createCatalog(request)).toThrow(
    new ProtocolError("a catalog is made in an empty world, and this one has an environment"),
  );
});

const table = (change: JsonObject): JsonObject => ({
  tables: [{ name: "orders", valueSchema: value, ...change }],
});

test.each([
  [[], "the catalog must be an object"],
  [
    { region: "mars" },
    'region must be one with Flink, got "mars"; cloud is AWS unless it is given',
  ],
  [{ catalog: "" }, 'catalog must be a name, got ""'],
  [{ database: 1 }, "database must be a name, got 1"],
  [{ tables: {} }, "tables must be a list of objects"],
  [{ tables: ["orders"] }, "tables must be a list of objects"],
  [table({ name: "" }), "tables[0].name must be a name"],
  [table({ valueSchema: undefined }), "tables[0] (orders): valueSchema is missing"],
  [
    table({ valueSchema: { format: "XML", text: "<a/>" } }),
    "orders.valueSchema must have a format, which is AVRO, JSON or PROTOBUF, and a text",
  ],
  [
    table({ keySchema: { format: "AVRO" } }),
    "orders.keySchema must have a format, which is AVRO, JSON or PROTOBUF, and a text",
  ],
])("fails for %j", (change, message) => {
  const body = Array.isArray(change) ? change : { ...request, ...change };

  expect(() => new Terraform().world.createCatalog(body)).toThrow(new ProtocolError(message));
});

test("fails for a schema that is none, and says whose", () => {
  const broken = table({ keySchema: { format: "AVRO", text: "{" } });

  expect(() => new Terraform().world.createCatalog({ ...request, ...broken })).toThrow(
    /^orders-key: 422 Unprocessable Entity: Invalid schema of type AVRO, details: /,
  );
});
