import {
  requiredPermissions,
  type RequiredPermission,
  type TableName,
} from "../../../../sandbox/world/confluent/flink/required-permissions";
import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";

const tables: Readonly<Record<string, readonly string[]>> = {
  orders: ["orders-key", "orders-value"],
  payments: ["payments-value"],
  big_orders: ["big_orders-value"],
  late_orders: ["late_orders-value"],
};

const find = ({ name }: TableName) => {
  const subjects = tables[name];
  return subjects && { name, subjects };
};

function permissions(
  statement: Parameters<typeof requiredPermissions>[0]["statement"],
): readonly RequiredPermission[] {
  return requiredPermissions({ catalog: "streaming", database: "main", find, statement });
}

function short(required: readonly RequiredPermission[]): readonly string[] {
  return required.map(({ operation, type, name }) => `${operation} ${type} ${name}`);
}

test("a query needs its sources and nothing else", () => {
  expect(short(permissions({ name: "look", sql: "SELECT * FROM orders" }))).toEqual([
    "Read subject orders-key",
    "Read subject orders-value",
    "Read topic orders",
  ]);
});

test("a statement set needs the sources and sinks of all its statements, each once", () => {
  const sql = `EXECUTE STATEMENT SET BEGIN
    INSERT INTO big_orders SELECT id, amount FROM orders WHERE amount > 100;
    INSERT INTO late_orders SELECT o.id, p.amount FROM orders o JOIN payments p ON o.id = p.id;
  END;`;

  expect(short(permissions({ name: "split", sql }))).toEqual([
    "Read subject big_orders-value",
    "Read subject late_orders-value",
    "Read subject orders-key",
    "Read subject orders-value",
    "Read subject payments-value",
    "Write topic big_orders",
    "Write topic late_orders",
    "Read topic orders",
    "Read topic payments",
    "Read transactional-id _confluent-flink_split",
    "Write transactional-id _confluent-flink_split",
  ]);
});

test("a materialized table needs its sources, and all rights on what is its own", () => {
  expect(
    short(
      permissions({
        materializedTable: { name: "totals", subjects: ["totals-value"] },
        sql: "SELECT amount AS total FROM payments",
      }),
    ),
  ).toEqual([
    "Read subject payments-value",
    "Read subject totals-value",
    "Write subject totals-value",
    "Read topic payments",
    "Alter topic totals",
    "Create topic totals",
    "Describe topic totals",
    "Write topic totals",
    "Read transactional-id _confluent-flink_totals",
    "Write transactional-id _confluent-flink_totals",
  ]);
});

test("options of a table need the right to change it, and to make the table that takes its bad records", () => {
  const own = ["Read subject payments-value", "Write subject payments-value"];
  const alter = ["Alter topic payments", "Describe topic payments"];

  expect(
    short(
      permissions({ name: "o", sql: "ALTER TABLE payments SET ('late-handling.mode' = 'filter')" }),
    ),
  ).toEqual([...own, ...alter]);
  expect(
    short(
      permissions({
        name: "o",
        sql: "ALTER TABLE payments SET ('error-handling.mode' = 'log', 'error-handling.log.target' = 'bad')",
      }),
    ),
  ).toEqual([
    "Read subject bad-value",
    "Write subject bad-value",
    ...own,
    "Alter topic bad",
    "Create topic bad",
    "Describe topic bad",
    "Write topic bad",
    ...alter,
  ]);
});

test("a name in full says where its resources lie", () => {
  expect(
    permissions({ name: "look", sql: "SELECT * FROM `other env`.`other cluster`.payments" }),
  ).toEqual([
    {
      catalog: "other env",
      database: "other cluster",
      type: "subject",
      name: "payments-value",
      operation: "Read",
    },
    {
      catalog: "other env",
      database: "other cluster",
      type: "topic",
      name: "payments",
      operation: "Read",
    },
  ]);
});

test("DDL needs none of these, a table that is unknown has none, and a table is no INSERT", () => {
  expect(permissions({ name: "drop", sql: "DROP TABLE orders" })).toEqual([]);
  expect(() => permissions({ name: "look", sql: "SELECT * FROM nothing" })).toThrow(
    "there is no table streaming.main.nothing",
  );
  expect(() =>
    permissions({
      materializedTable: { name: "totals", subjects: [] },
      sql: "INSERT INTO payments SELECT * FROM orders",
    }),
  ).toThrow("a materialized table is defined by a query");
});

describe("what it lists is what the world asks for:", () => {
  const roles: Readonly<Record<string, string>> = {
    Read: "DeveloperRead",
    Write: "DeveloperWrite",
    Create: "DeveloperManage",
    Alter: "DeveloperManage",
  };

  /** Role bindings for the permissions. Describe comes with each of these roles. */
  function bindings(
    required: readonly RequiredPermission[],
  ): readonly (readonly [string, string, string])[] {
    const all = required
      .filter(({ operation }) => operation !== "Describe")
      .map(({ operation, type, name }) => [roles[operation] ?? "", type, name] as const);
    return [...new Map(all.map((binding) => [binding.join(), binding])).values()];
  }

  async function phase(
    statement: Parameters<typeof requiredPermissions>[0]["statement"],
    grants: readonly (readonly [string, string, string])[],
  ): Promise<unknown> {
    const platform = await Platform.create();
    const streams = await platform.streams(await platform.administrator());
    await platform.tables(streams, ...Object.keys(tables));
    await platform.terraform.create("schema", planned.schema("orders-key", '"long"'), streams);
    const id = await platform.account("runner");
    await platform.grant(id, "FlinkDeveloper", text(platform.environment, "resource_name"));
    for (const [role, type, name] of grants) {
      const crn = type === "subject" ? platform.subjectCrn(name) : platform.topicCrn(name, type);
      await platform.grant(id, role, crn);
    }
    const isStatement = "name" in statement;
    const configuration: TerraformObject = await platform.flink(id);
    await platform.terraform.call(
      "create",
      isStatement ? "flink_statement" : "flink_materialized_table",
      {
        planned: isStatement
          ? planned.statement(statement.name, statement.sql)
          : planned.materializedTable(
              statement.materializedTable.name,
              platform.ids,
              statement.sql,
              {
                distribution: statement.materializedTable.subjects.includes("totals-key")
                  ? [{ kind: "HASH", keys: ["id"], bucket_count: 1 }]
                  : [],
              },
            ),
        configuration,
      },
    );
    return platform.terraform.world.inventory().find((item) => item["phase"] !== undefined)?.[
      "phase"
    ];
  }

  test.each<[string, Parameters<typeof permissions>[0]]>([
    ["an INSERT", { name: "copy", sql: "INSERT INTO big_orders (id) SELECT id FROM orders" }],
    [
      "a union with a common table expression",
      {
        name: "union",
        sql: "INSERT INTO big_orders (id) WITH t AS (SELECT id FROM payments) SELECT id FROM t UNION ALL SELECT id FROM late_orders",
      },
    ],
    [
      "a change of options",
      {
        name: "options",
        sql: "ALTER TABLE orders SET ('error-handling.mode' = 'log', 'error-handling.log.target' = 'bad')",
      },
    ],
    [
      "a materialized table",
      {
        materializedTable: { name: "totals", subjects: ["totals-value"] },
        sql: "SELECT id FROM payments",
      },
    ],
    [
      "a materialized table with a key",
      {
        materializedTable: { name: "totals", subjects: ["totals-key", "totals-value"] },
        sql: "SELECT id, amount FROM payments",
      },
    ],
  ])("%s runs with all of it and fails without any", async (_case, statement) => {
    const all = bindings(permissions(statement));

    expect(["RUNNING", "COMPLETED"]).toContain(await phase(statement, all));
    for (const left of all) {
      const others = all.filter((binding) => binding !== left);
      expect([left.join(" "), await phase(statement, others)]).toEqual([left.join(" "), "FAILED"]);
    }
  });
});
