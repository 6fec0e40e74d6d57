import { text } from "../../../../../sandbox/world/values";
import { copy, Gateway, gateway, status } from "../../support/gateway";

const set = `EXECUTE STATEMENT SET BEGIN ${copy}; INSERT INTO orders (id, amount) VALUES (1, 2.0); END`;

test.each([
  [
    `EXPLAIN ${copy}`,
    "== Physical Plan ==\n\nStreamSink [big_orders]\n  +- StreamTableScan [orders]",
  ],
  [
    "EXPLAIN SELECT id FROM streaming.main.orders",
    "== Physical Plan ==\n\nStreamSink [collect]\n  +- StreamTableScan [streaming.main.orders]",
  ],
  [
    `EXPLAIN ${set}`,
    "== Physical Plan ==\n\nStreamSink [big_orders]\n  +- StreamTableScan [orders]\nStreamSink [orders]",
  ],
  [
    "EXPLAIN ALTER TABLE orders SET ('a' = 'b')",
    "== Physical Plan ==\n\n(no plan: a change of options)",
  ],
])("%s answers with one row of one column", async (sql, plan) => {
  const { gateway: flink } = await gateway();

  expect(await flink.ask(sql)).toEqual([[plan]]);
});

test("it has ended, with the column that its row has", async () => {
  const { gateway: flink } = await gateway();
  await flink.submit("explain", `EXPLAIN ${copy}`);

  expect(status(await flink.until("explain", "COMPLETED"))["traits"]).toEqual({
    sql_kind: "EXPLAIN",
    is_bounded: true,
    is_append_only: true,
    upsert_columns: null,
    schema: {
      columns: [
        {
          name: "Explain Result",
          type: { type: "VARCHAR", length: 2147483647, nullable: true },
        },
      ],
    },
  });
  expect(await flink.expect(200, "GET", "/explain/results")).toEqual({
    api_version: "sql/v1",
    kind: "StatementResult",
    metadata: {
      self: `${flink.url}/explain/results`,
      next: "",
      created_at: "2026-01-01T00:02:00Z",
    },
    results: { data: [{ op: 0, row: [expect.stringContaining("== Physical Plan ==")] }] },
  });
});

test.each([
  ["EXPLAIN SELECT id FROM orders WHERE (", "SQL parse failed. unclosed ( at line 1, column 37"],
  [
    "EXPLAIN\nINSERT INTO absent SELECT id FROM orders",
    "SQL validation failed. Error from line 2, column 13 to line 2, column 18.\n\nCaused by: Table (or view) 'absent' does not exist, " +
      "may be on a private cluster, or you do not have permission to access it. Using current catalog 'streaming' and current database 'main'.",
  ],
  [
    "EXPLAIN INSERT INTO big_orders (id, price) SELECT id, amount FROM orders",
    "SQL validation failed. Error from line 1, column 37 to line 1, column 41.\n\nCaused by: Unknown target column 'price'",
  ],
  [
    "EXPLAIN SHOW FUNCTIONS",
    "The sandbox cannot explain this statement: it plans INSERT, statement sets, SELECT and ALTER TABLE … SET.",
  ],
  ["EXPLAIN", "SQL parse failed. the statement is empty"],
])("%s fails as the statement would", async (sql, detail) => {
  const { gateway: flink } = await gateway();

  expect(await flink.ask(sql)).toBe(detail);
});

test("it needs the roles on the tables, and none on transactions, since it commits nothing", async () => {
  const names = await gateway();
  const { platform } = names;
  const account = await platform.account("reader");
  await platform.grant(account, "FlinkDeveloper", text(platform.pool, "resource_name"));
  await platform.grant(account, "DeveloperRead", platform.topicCrn("orders"));
  await platform.grant(account, "DeveloperRead", platform.subjectCrn("*"));
  const flink = Gateway.of(names, await platform.flink(account));
  expect(await flink.ask(`EXPLAIN ${copy}`)).toContain("Table 'big_orders' cannot be written: ");
  await platform.grant(account, "DeveloperWrite", platform.topicCrn("big_orders"));

  expect(await flink.ask(`EXPLAIN ${copy}`)).toHaveLength(1);
  expect(await flink.ask(copy)).toContain("transactional-id=_confluent-flink_ask-2");
});

test("a dry run plans a statement and runs nothing", async () => {
  const { gateway: flink } = await gateway();

  expect(await flink.ask(copy, { properties: { "sql.dry-run": "true" } })).toEqual([]);
});
