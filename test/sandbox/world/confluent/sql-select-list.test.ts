import { parseStatement } from "../../../../sandbox/world/confluent/flink/sql-statement";
import type { SelectList } from "../../../../sandbox/world/confluent/flink/sql-select-list";

function listOf(sql: string): SelectList | undefined {
  const statement = parseStatement(sql);
  if (statement.kind !== "select") {
    throw new Error(`${sql} must be a query`);
  }
  return statement.query.selectList;
}

test.each<[string, string, SelectList]>([
  [
    "columns",
    "SELECT a, `b c` FROM t",
    [
      { name: "a", column: "a" },
      { name: "b c", column: "b c" },
    ],
  ],
  [
    "qualified columns",
    "SELECT t.a, d.t.b FROM t",
    [
      { name: "a", column: "a" },
      { name: "b", column: "b" },
    ],
  ],
  [
    "an alias",
    "SELECT a AS x, t.b y FROM t",
    [
      { name: "x", column: "a" },
      { name: "y", column: "b" },
    ],
  ],
  [
    "an expression with an alias",
    "SELECT a + 1 AS x, f(a) y FROM t",
    [{ name: "x" }, { name: "y" }],
  ],
  ["a cast", "SELECT CAST(a AS STRING) AS label FROM t", [{ name: "label" }]],
  [
    "a case",
    "SELECT CASE WHEN a THEN 1 ELSE 2 END AS x, CASE WHEN a THEN 1 END y FROM t",
    [{ name: "x" }, { name: "y" }],
  ],
  [
    "expressions without a name",
    "SELECT a + b, 1, 'x', f(a), a IS NULL, CASE WHEN a THEN b END FROM t",
    [{}, {}, {}, {}, {}, {}],
  ],
  ["stars", "SELECT *, t.* FROM t", ["*", "*"]],
  ["a product", "SELECT a * b AS c FROM t", [{ name: "c" }]],
  ["DISTINCT", "SELECT DISTINCT a FROM t", [{ name: "a", column: "a" }]],
  [
    "the first branch of a union",
    "SELECT a FROM t UNION ALL SELECT b FROM t",
    [{ name: "a", column: "a" }],
  ],
  [
    "the query after its WITH",
    "WITH u AS (SELECT x FROM t) SELECT a FROM u",
    [{ name: "a", column: "a" }],
  ],
  ["rows", "VALUES (1, 'a')", [{}, {}]],
])("of %s", (_case, sql, expected) => {
  expect(listOf(sql)).toEqual(expected);
});
