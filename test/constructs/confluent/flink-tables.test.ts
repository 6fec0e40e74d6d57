import { writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  FlinkMaterializedTable,
  type FlinkMaterializedTableProps,
} from "../../../constructs/confluent/flink-materialized-table";
import {
  FlinkTableOptions,
  type FlinkTableOptionsProps,
} from "../../../constructs/confluent/flink-table-options";
import { collectLineage } from "../../../constructs/core/lineage";
import { streaming } from "../../support/streaming";
import { withoutHashes } from "../../support/readable";
import { resourcesOf, synth, testStack } from "../../support/synth";
import { temporaryDirectory } from "../../support/temporary-directory";
import { FakeFlinkAccess } from "./flink-fixtures";

describe("FlinkMaterializedTable", () => {
  const QUERY = "SELECT email, SUM(minutes) AS total FROM flights GROUP BY email";
  const folder = temporaryDirectory();
  const file = (query: string): string => {
    const path = join(folder, "query.sql");
    writeFileSync(path, query);
    return path;
  };
  const declared = (
    query = QUERY,
    change: Partial<FlinkMaterializedTableProps> = {},
    loss = false,
  ) => {
    const stack = testStack({ allowDataLoss: loss });
    const { cluster } = streaming(stack);
    const table = new FlinkMaterializedTable(stack, "Stats", {
      access: new FakeFlinkAccess(stack),
      tableName: "stats",
      queryFile: file(query),
      catalog: "lab",
      cluster,
      tables: [{ name: "flights" }],
      columns: [
        { name: "email", type: "STRING NOT NULL" },
        { name: "total", type: "BIGINT" },
      ],
      primaryKey: ["email"],
      distribution: { keys: ["email"], buckets: 6 },
      startMode: "RESUME_OR_FROM_BEGINNING",
      ...change,
    });
    return { stack, table };
  };
  const resource = (...given: Parameters<typeof declared>): Record<string, unknown> | undefined =>
    resourcesOf(
      withoutHashes(synth(declared(...given).stack)),
      "confluent_flink_materialized_table",
    )[0];
  const refusal = (...given: Parameters<typeof declared>): string => {
    try {
      declared(...given);
      return "nothing was refused";
    } catch (error) {
      return String(error).replaceAll(folder, "pipelines");
    }
  };

  test("says all that Confluent could guess, is protected, and comes after its roles", () => {
    expect(resource()).toEqual({
      provider: "confluent.flink",
      display_name: "stats",
      kafka_cluster: { id: "${confluent_kafka_cluster.Cluster.id}" },
      query: QUERY,
      columns: [
        {
          columns_physical: [
            { column_physical_name: "email", column_physical_type: "STRING NOT NULL" },
          ],
        },
        { columns_physical: [{ column_physical_name: "total", column_physical_type: "BIGINT" }] },
      ],
      constraints: [{ name: "primary_key", type: "PRIMARY_KEY", columns: ["email"] }],
      distribution: { kind: "HASH", keys: ["email"], bucket_count: 6 },
      lifecycle: { prevent_destroy: true },
      depends_on: [
        "confluent_role_binding.Roles_DeveloperRead-flights",
        "confluent_role_binding.Roles_ResourceOwner-stats",
      ],
    });
  });

  test("takes options of the table and of the query, and may be destroyed where both say so", () => {
    const protection = { protect: false, reason: "test" } as const;
    const change = {
      tableOptions: { "changelog.mode": "append" },
      properties: { "sql.state-ttl": "7 d" },
      protection,
      primaryKey: undefined,
    };
    const changed = resource("SELECT email, minutes FROM `lab`.`lab`.flights", change, true);
    expect(changed).toMatchObject({
      table_options: { "changelog.mode": "append" },
      session_options: { "sql.state-ttl": "7 d" },
      lifecycle: { prevent_destroy: false },
    });
    expect(changed).not.toHaveProperty("constraints");
  });

  test("owns the subject of its key as well, which Flink makes", () => {
    const grantOwn = jest.spyOn(FakeFlinkAccess.prototype, "grantOwn");
    declared();
    expect(grantOwn.mock.calls).toEqual([
      [{ name: "stats", keySchema: join(folder, "query.sql") }],
    ]);
    grantOwn.mockRestore();
  });

  test("what looks like a Terraform template in the query stays SQL", () => {
    expect(resource(`${QUERY} HAVING email <> '\${a}'`)?.["query"]).toContain("'$${a}'");
  });

  test("is part of the lineage", () => {
    const { stack, table } = declared();
    expect([table.processName, table.reads, table.writes]).toEqual([
      "stats",
      ["flights"],
      ["stats"],
    ]);
    expect(collectLineage(stack).processes).toEqual([
      { kind: "materialized-table", name: "stats", reads: ["flights"], writes: ["stats"] },
    ]);
  });

  test.each<[Partial<FlinkMaterializedTableProps>, string]>([
    [{ tableName: "a b" }, 'tableName must be 1-249 letters, digits, ".", "_" or "-", got "a b"'],
    [
      { columns: [] },
      "columns must be at least one, each with a name of its own, got ; distribution and primaryKey must name columns (), got email, email",
    ],
    [
      {
        columns: [
          { name: "email", type: "INT" },
          { name: "email", type: "INT" },
        ],
      },
      "columns must be at least one, each with a name of its own, got email, email",
    ],
    [
      { distribution: { keys: ["who"], buckets: 1 }, primaryKey: ["what"] },
      "distribution and primaryKey must name columns (email, total), got who, what",
    ],
    [
      { distribution: { keys: [], buckets: 1 } },
      "distribution must have at least one key: otherwise rows lie in any partition, in no order, got none",
    ],
    [
      { distribution: { keys: ["email"], buckets: 0.5 } },
      "distribution must have a whole number of at least 1 buckets, got 0.5",
    ],
    [
      { distribution: { keys: ["email"], buckets: 0 } },
      "distribution must have a whole number of at least 1 buckets, got 0",
    ],
    [
      { primaryKey: undefined, tableOptions: { "changelog.mode": "upsert" } },
      "primaryKey must say which row an upsert replaces, got none",
    ],
    [
      { tables: [{ name: "orders" }] },
      'pipelines/query.sql:1 must name tables that are passed in "tables" (orders), got flights',
    ],
    [{ queryFile: "missing.sql" }, "missing.sql cannot be read"],
  ])("fails for what cannot work: %#", (change, problem) => {
    expect(refusal(QUERY, change)).toContain(`test/Stats: ${problem}`);
  });

  test.each([
    ["", "must hold a SQL statement, got an empty file"],
    [
      "INSERT INTO stats (a) SELECT 1",
      "must be a query: the table is declared beside it, got insert",
    ],
    ["SELECT PROCTIME() FROM flights", "must use event time"],
  ])("fails for the query %j", (query, problem) => {
    expect(refusal(query)).toMatch(
      new RegExp(`^\\w+: test/Stats: pipelines/query.sql(:1)? ${problem}`),
    );
  });
});

describe("FlinkTableOptions", () => {
  const statement = (change: Partial<FlinkTableOptionsProps>): Record<string, unknown> => {
    const stack = testStack();
    new FlinkTableOptions(stack, "Options", {
      access: new FakeFlinkAccess(stack),
      table: { name: "Sky_one" },
      catalog: "lab",
      database: "main",
      ...change,
    });
    return resourcesOf(withoutHashes(synth(stack)), "confluent_flink_statement")[0] ?? {};
  };
  const text = (change: Partial<FlinkTableOptionsProps>): unknown =>
    String(statement(change)["statement"])
      .replace(/\s+/g, " ")
      .replace(/ -- .*/, "");

  test("sets them in one statement, whose name tells when they have changed", () => {
    const log = { mode: "log", table: { name: "dead" } } as const;
    expect(statement({ deadLetter: log, lateData: "filter" })).toEqual({
      provider: "confluent.flink",
      statement_name: "sky-one-options-dbe5af85b0",
      statement:
        "ALTER TABLE `Sky_one` SET (\n  'error-handling.mode' = 'log',\n  'error-handling.log.target' = 'dead',\n  'late-handling.mode' = 'filter'\n)\n-- sky-one-options-dbe5af85b0",
      properties: { "sql.current-catalog": "lab", "sql.current-database": "main" },
      depends_on: [
        "confluent_role_binding.Roles_ResourceOwner-Sky_one",
        "confluent_role_binding.Roles_ResourceOwner-dead",
      ],
    });
    expect(statement({ lateData: "filter" })["statement_name"]).not.toBe(
      statement({ deadLetter: { mode: "ignore" } })["statement_name"],
    );
  });

  test.each<[Partial<FlinkTableOptionsProps>, string]>([
    [{ deadLetter: { mode: "ignore" } }, "'error-handling.mode' = 'ignore'"],
    [{ deadLetter: { mode: "fail" } }, "'error-handling.mode' = 'fail'"],
    [{ lateData: "filter" }, "'late-handling.mode' = 'filter'"],
  ])("sets only what is given: %j", (change, options) => {
    expect(text(change)).toBe(`ALTER TABLE \`Sky_one\` SET ( ${options} )`);
  });

  test("fails for nothing to set, and for a name that is none", () => {
    expect(() => statement({})).toThrow(
      "test/Options: options must be at least one of deadLetter and lateData, got none",
    );
    expect(() => statement({ table: { name: "a`b" }, lateData: "filter" })).toThrow(
      'test/Options: table must be letters, digits, ".", "_" or "-", got "a`b"',
    );
  });
});
