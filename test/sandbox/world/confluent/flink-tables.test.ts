import { text } from "../../../../sandbox/world/values";
import { analytics, failureOf, run, waiting, type Analytics } from "../support/analytics";
import { planned } from "../support/planned";

describe("tables", () => {
  const missing = (name: string, place: string, database = "main"): string =>
    `${waiting}SQL validation failed. Error from ${place}.\n\nCaused by: Table (or view) '${name}' does not exist, ` +
    "may be on a private cluster, or you do not have permission to access it. " +
    `Using current catalog 'streaming' and current database '${database}'.`;

  test.each([
    [
      "a source",
      "INSERT INTO big_orders SELECT * FROM nothing",
      missing("nothing", "line 1, column 38 to line 1, column 44"),
    ],
    [
      "a sink",
      "INSERT INTO `no thing`\nSELECT * FROM orders",
      missing("no thing", "line 1, column 13 to line 1, column 22"),
    ],
    [
      "a qualified table",
      "SELECT *\nFROM other.orders",
      missing("other.orders", "line 2, column 6 to line 2, column 17"),
    ],
  ])("fails when %s does not exist", async (_case, sql, message) => {
    expect(await failureOf(await analytics(), sql)).toBe(message);
  });

  test("fails when a topic has no schema", async () => {
    const names = await analytics();
    await names.platform.terraform.create("kafka_topic", planned.topic("raw"), names.streams);

    expect(await failureOf(names, "SELECT * FROM raw")).toBe(
      missing("raw", "line 1, column 15 to line 1, column 17"),
    );
  });

  test("fails when the session has no database", async () => {
    const names = await analytics();

    expect(
      await failureOf(names, "SELECT * FROM orders", {
        properties: { "sql.current-catalog": "streaming" },
      }),
    ).toBe(missing("orders", "line 1, column 15 to line 1, column 20", ""));
  });

  test("catalog and database may be ids, in properties or in the name", async () => {
    const names = await analytics();
    const { ids } = names.platform;
    const properties = {
      "sql.current-catalog": ids.environment,
      "sql.current-database": ids.cluster,
    };

    expect(await run(names, "SELECT id FROM orders", { properties })).toMatchObject({ properties });
    expect(
      await run(names, `SELECT * FROM \`${ids.environment}\`.\`main\`.orders`, {
        properties: {},
        statement_name: "qualified",
      }),
    ).toMatchObject({ properties: {} });
  });

  test("a cluster in another region is out of sight", async () => {
    const names = await analytics();
    const { terraform, ids } = names.platform;
    const far = await terraform.create("kafka_cluster", {
      ...planned.kafkaCluster(ids.environment, "far"),
      region: "eu-west-1",
    });

    expect(
      await failureOf(names, "SELECT * FROM orders", {
        properties: { "sql.current-catalog": "streaming", "sql.current-database": text(far, "id") },
      }),
    ).toContain("Table (or view) 'orders' does not exist");
  });

  test("a name that two clusters share is no database", async () => {
    const names = await analytics();
    const { terraform, ids } = names.platform;
    await terraform.create("kafka_cluster", planned.kafkaCluster(ids.environment, "main"));

    expect(await failureOf(names, "SELECT * FROM orders")).toContain("'orders' does not exist");
  });
});

describe("columns", () => {
  test.each([
    [
      "an unknown column",
      "INSERT INTO big_orders (id, amuont) SELECT id, amount FROM orders",
      "SQL validation failed. Error from line 1, column 29 to line 1, column 34.\n\nCaused by: Unknown target column 'amuont'",
    ],
    [
      "a column twice",
      "INSERT INTO big_orders (id, id) SELECT id, amount FROM orders",
      "SQL validation failed. Error from line 1, column 29 to line 1, column 30.\n\nCaused by: Target column 'id' is assigned more than once",
    ],
    [
      "too few items",
      "INSERT INTO big_orders (id, amount) SELECT id FROM orders",
      "SQL validation failed. Error from line 1, column 13 to line 1, column 22.\n\nCaused by: Number of INSERT target columns (2) does not equal number of source items (1)",
    ],
    [
      "too many items in one branch of a union",
      "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders UNION ALL SELECT id, amount, 1 FROM orders",
      "SQL validation failed. Error from line 1, column 13 to line 1, column 22.\n\nCaused by: Number of INSERT target columns (2) does not equal number of source items (3)",
    ],
    [
      "another number than the sink has",
      "INSERT INTO big_orders SELECT id FROM orders",
      "Column types of query result and sink for 'big_orders' do not match. Cause: Different number of columns. The query has 1, the sink has 2.",
    ],
  ])("fails for %s", async (_case, sql, detail) => {
    expect(await failureOf(await analytics(), sql)).toBe(waiting + detail);
  });

  test.each([
    ["fewer columns, listed", "INSERT INTO big_orders (amount) SELECT amount FROM orders"],
    ["all columns, not listed", "INSERT INTO big_orders SELECT id, amount FROM orders"],
    [
      "a star, which only a planner could count",
      "INSERT INTO big_orders (id, amount) SELECT * FROM orders",
    ],
  ])("allows %s", async (_case, sql) => {
    expect(await run(await analytics(), sql)).toMatchObject({ stopped: false });
  });

  test("columns of the key count as well, once", async () => {
    const names = await analytics();
    const { platform, streams } = names;
    const key = JSON.stringify({
      type: "record",
      name: "Key",
      fields: [
        { name: "id", type: "long" },
        { name: "shop", type: "string" },
      ],
    });
    await platform.terraform.create("schema", planned.schema("big_orders-key", key), streams);

    expect(
      await run(names, "INSERT INTO big_orders SELECT id, 'x' AS shop, amount FROM orders"),
    ).toMatchObject({ stopped: false });
  });

  test("a key and value that are no records are columns of that name", async () => {
    const names = await analytics();
    const { platform, streams } = names;
    const { terraform } = platform;
    await terraform.create("kafka_topic", planned.topic("counts"), streams);
    await terraform.create("schema", planned.schema("counts-key", '"string"'), streams);
    await terraform.create("schema", planned.schema("counts-value", '"long"'), streams);

    expect(
      await run(names, "INSERT INTO counts (`key`, `value`) SELECT 'all', id FROM orders"),
    ).toMatchObject({ stopped: false });
  });

  describe("of a JSON Schema", () => {
    async function documents(schema: object, format = "JSON"): Promise<Analytics> {
      const names = await analytics();
      const { platform, streams } = names;
      const { terraform } = platform;
      const text =
        format === "JSON" ? JSON.stringify(schema) : 'syntax = "proto3"; message Order {}';
      await terraform.create("kafka_topic", planned.topic("documents"), streams);
      await terraform.create(
        "schema",
        planned.schema("documents-value", text, { format }),
        streams,
      );
      return names;
    }
    const object = {
      type: "object",
      properties: { id: { type: "integer" }, note: { type: "string" } },
    };

    test("are its properties", async () => {
      const names = await documents(object);

      expect(
        await run(names, "INSERT INTO documents (id, note) SELECT id, 'x' FROM orders"),
      ).toMatchObject({ stopped: false });
      expect(await failureOf(names, "INSERT INTO documents (ids) SELECT id FROM orders")).toContain(
        "Unknown target column 'ids'",
      );
    });

    test("are counted when none are listed", async () => {
      expect(
        await failureOf(await documents(object), "INSERT INTO documents SELECT id FROM orders"),
      ).toContain("The query has 1, the sink has 2.");
    });

    test("that is no object are one, `value`", async () => {
      const names = await documents({ type: "integer" });

      expect(
        await run(names, "INSERT INTO documents (`value`) SELECT id FROM orders"),
      ).toMatchObject({ stopped: false });
      expect(
        await failureOf(names, "INSERT INTO documents (whatever) SELECT id FROM orders"),
      ).toContain("Unknown target column 'whatever'");
    });

    test("of a key come first", async () => {
      const names = await documents(object);
      await names.platform.terraform.create(
        "schema",
        planned.schema("documents-key", '"string"'),
        names.streams,
      );

      expect(
        await run(names, "INSERT INTO documents SELECT 'k', id, 'x' FROM orders"),
      ).toMatchObject({ stopped: false });
    });

    test.each<[string, object, string]>([
      ["of an object without properties", { type: "object" }, "JSON"],
      ["that is put together from others", { allOf: [object] }, "JSON"],
      ["of Protobuf", {}, "PROTOBUF"],
    ])("%s are unknown, and then any will do", async (_case, schema, format) => {
      const names = await documents(schema, format);

      expect(
        await run(names, "INSERT INTO documents (whatever) SELECT id FROM orders"),
      ).toMatchObject({ stopped: false });
    });
  });
});
