import { isObject } from "../../../../../sandbox/world/values";
import { planned } from "../../support/planned";
import { Gateway, gateway, status } from "../../support/gateway";
import { tableInformation } from "../../support/plugin-texts";

const TEXT = { type: "VARCHAR", length: 2147483647, nullable: true };
const NUMBER = { type: "INTEGER", nullable: true };

async function columnsOf(flink: Gateway, name: string): Promise<unknown> {
  const { traits } = status(await flink.get(name));
  return isObject(traits) && isObject(traits["schema"]) ? traits["schema"]["columns"] : undefined;
}

test("a client finds catalogs, databases and tables by their ids", async () => {
  const { gateway: flink, platform } = await gateway();
  const { environment, cluster } = platform.ids;
  const from = `FROM \`${environment}\`.\`INFORMATION_SCHEMA\``;

  expect(await flink.ask(`SELECT \`CATALOG_ID\`, \`CATALOG_NAME\` ${from}.\`CATALOGS\``)).toEqual([
    [environment, "streaming"],
  ]);
  expect(await columnsOf(flink, "ask-0")).toEqual([
    { name: "CATALOG_ID", type: TEXT },
    { name: "CATALOG_NAME", type: TEXT },
  ]);
  expect(await flink.ask(`SELECT \`SCHEMA_ID\`, \`SCHEMA_NAME\` ${from}.\`SCHEMATA\``)).toEqual([
    ["INFORMATION_SCHEMA", "INFORMATION_SCHEMA"],
    [cluster, "main"],
  ]);
  const tables = `SELECT \`TABLE_NAME\` ${from}.\`TABLES\` WHERE \`TABLE_SCHEMA_ID\``;
  expect(await flink.ask(`${tables} = '${cluster}'`)).toEqual([["big_orders"], ["orders"]]);
  expect(await flink.ask(`${tables} <> '${cluster}'`)).toEqual([]);
});

test("it answers what a client asks about a table, in one statement", async () => {
  const { gateway: flink, platform, streams } = await gateway();
  const { terraform, ids } = platform;
  const key = JSON.stringify({
    type: "record",
    name: "Key",
    fields: [
      { name: "code", type: "string" },
      { name: "number", type: "int" },
    ],
  });
  await terraform.create("kafka_topic", planned.topic("flights", { partitions_count: 1 }), streams);
  const value = JSON.stringify({
    type: "record",
    name: "Value",
    fields: [
      { name: "price", type: { type: "bytes", logicalType: "decimal", precision: 10, scale: 2 } },
    ],
  });
  await terraform.create("schema", planned.schema("flights-key", key), streams);
  await terraform.create("schema", planned.schema("flights-value", value), streams);
  const rows = await flink.ask(tableInformation(ids.environment, ids.cluster, "flights"));
  const none = (count: number): null[] => Array.from({ length: count }, () => null);
  const column = (
    name: string,
    position: string,
    type: string,
    distributed: string | null,
  ): (string | null)[] => [
    ...none(6),
    ...[name, position, "NO", type, null, "NO", null, "YES", distributed, null],
    ...none(5),
    "C",
  ];
  const option = (name: string, text: string): (string | null)[] => [...none(19), name, text, "O"];

  expect(rows).toEqual([
    ["BASE TABLE", "HASH", "1", "$rowtime", "SOURCE_WATERMARK()", null, ...none(15), "T"],
    column("code", "1", "VARCHAR(2147483647) NOT NULL", "1"),
    column("number", "2", "INTEGER NOT NULL", "2"),
    column("price", "3", "DECIMAL(10, 2) NOT NULL", null),
    [
      ...none(6),
      ...["$rowtime", "4", "NO", "TIMESTAMP(3) WITH LOCAL TIME ZONE NOT NULL", null, "YES"],
      ...["$rowtime", "NO", null, "SYSTEM"],
      ...none(5),
      "C",
    ],
    option("connector", "confluent"),
    option("changelog.mode", "append"),
    option("kafka.cleanup-policy", "delete"),
    option("key.format", "avro-registry"),
    option("scan.bounded.mode", "unbounded"),
    option("scan.startup.mode", "earliest-offset"),
    option("value.format", "avro-registry"),
  ]);
  const columns = (await columnsOf(flink, "ask-0")) as { name: string; type: unknown }[];
  expect(columns).toHaveLength(22);
  expect(columns.filter(({ type }) => JSON.stringify(type) === JSON.stringify(NUMBER))).toEqual(
    [
      "T_DISTRIBUTION_BUCKETS",
      "C_ORDINAL_POSITION",
      "C_DISTRIBUTION_ORDINAL_POSITION",
      "K_ORDINAL_POSITION",
    ].map((name) => ({ name, type: NUMBER })),
  );
});

test("the key of a topic without a schema for it is a column of bytes, by which the table is distributed", async () => {
  const { gateway: flink } = await gateway();
  const columns =
    "SELECT COLUMN_NAME, FULL_DATA_TYPE, DATA_TYPE, IS_NULLABLE, DISTRIBUTION_ORDINAL_POSITION, IS_HIDDEN FROM `streaming`.`INFORMATION_SCHEMA`.`COLUMNS` WHERE TABLE_NAME = 'orders'";

  expect(await flink.ask(columns)).toEqual([
    ["key", "VARBINARY(2147483647)", "VARBINARY", "YES", "1", "NO"],
    ["id", "BIGINT NOT NULL", "BIGINT", "NO", null, "NO"],
    ["amount", "DOUBLE NOT NULL", "DOUBLE", "NO", null, "NO"],
    [
      "$rowtime",
      "TIMESTAMP(3) WITH LOCAL TIME ZONE NOT NULL",
      "TIMESTAMP_WITH_LOCAL_TIME_ZONE",
      "NO",
      null,
      "YES",
    ],
  ]);
  const format =
    "SELECT OPTION_VALUE FROM INFORMATION_SCHEMA.TABLE_OPTIONS WHERE TABLE_NAME = 'orders' AND (OPTION_KEY = 'key.format')";
  expect(await flink.ask(format)).toEqual([["raw"]]);
});

test("what a JSON schema does not require may be null", async () => {
  const { gateway: flink, platform, streams } = await gateway();
  const schema = JSON.stringify({
    type: "object",
    properties: { id: { type: "integer" }, note: { type: "string" } },
    required: ["id"],
  });
  await platform.terraform.create("kafka_topic", planned.topic("notes"), streams);
  await platform.terraform.create(
    "schema",
    planned.schema("notes-value", schema, { format: "JSON" }),
    streams,
  );

  expect(
    await flink.ask(
      "SELECT FULL_DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'notes'",
    ),
  ).toEqual([
    ["VARBINARY(2147483647)"],
    ["BIGINT NOT NULL"],
    ["VARCHAR(2147483647)"],
    ["TIMESTAMP(3) WITH LOCAL TIME ZONE NOT NULL"],
  ]);
});

test("a table that was just made is not there yet, for those who ask for it by name as often as is told", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ lateTables: { orders: 1 } });
  const tables = "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES";
  expect(await flink.ask(tables)).toEqual([["big_orders"]]);

  expect(await flink.ask(`${tables} WHERE TABLE_NAME = 'orders'`)).toEqual([]);
  expect(await flink.ask(`${tables} WHERE TABLE_NAME = 'orders'`)).toEqual([["orders"]]);
});

test.each(["SHOW FUNCTIONS", "SHOW USER FUNCTIONS IN `streaming`.`main`"])(
  "%s lists none",
  async (sql) => {
    const { gateway: flink } = await gateway();

    expect(await flink.ask(sql)).toEqual([]);
    expect(await columnsOf(flink, "ask-0")).toEqual([{ name: "function name", type: TEXT }]);
  },
);

test("constraints and options of functions there are none", async () => {
  const { gateway: flink } = await gateway();
  const options = (by: string): string =>
    `SELECT \`ROUTINE_NAME\`, \`OPTION_KEY\`, \`OPTION_VALUE\` FROM \`streaming\`.\`INFORMATION_SCHEMA\`.\`ROUTINE_OPTIONS\` WHERE \`${by}\` = 'main'`;

  expect(
    await flink.ask(`${options("ROUTINE_SCHEMA")} UNION ALL ${options("ROUTINE_SCHEMA_ID")}`),
  ).toEqual([]);
});

const rest =
  "it takes columns, texts and CAST(NULL AS …), comparisons with = or <> joined by AND, and UNION ALL.";

test.each([
  [
    "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES",
    `The sandbox cannot answer this query on the information schema (at line 1, column 8): ${rest}`,
  ],
  [
    "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES ORDER BY 1",
    `The sandbox cannot answer this query on the information schema (at line 1, column 50): ${rest}`,
  ],
  [
    "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE 'a%'",
    `The sandbox cannot answer this query on the information schema (at line 1, column 56): ${rest}`,
  ],
  [
    "WITH t AS (SELECT 1) SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES",
    `The sandbox cannot answer this query on the information schema (at line 1, column 1): ${rest}`,
  ],
  [
    "SELECT NAME FROM INFORMATION_SCHEMA.CATALOGS",
    "Column 'NAME' not found in any table; the view has: CATALOG_ID, CATALOG_NAME.",
  ],
  [
    "SELECT A FROM INFORMATION_SCHEMA.TRIGGERS",
    "Table (or view) 'INFORMATION_SCHEMA.TRIGGERS' does not exist.",
  ],
  [
    "SELECT CATALOG_ID FROM nowhere.INFORMATION_SCHEMA.CATALOGS",
    "Table (or view) 'nowhere.INFORMATION_SCHEMA.CATALOGS' does not exist.",
  ],
])("%s fails and says what would not", async (sql, detail) => {
  const { gateway: flink } = await gateway();

  expect(await flink.ask(sql)).toBe(detail);
});
