import fc from "fast-check";

import { analyseSql } from "../../../constructs/confluent/flink-sql/analysis";

function tablesOf(sql: string): { reads: string[]; writes: string[] } {
  const { reads, writes } = analyseSql(sql);
  return {
    reads: reads.map(({ parts }) => parts.join(".")),
    writes: writes.map(({ parts }) => parts.join(".")),
  };
}

test.each([
  ["INSERT INTO t (a) SELECT a FROM s", "insert", ["s"], ["t"]],
  ["insert overwrite `c`.`d.e`.`t``1` select 1", "insert", [], ["c.d.e.t`1"]],
  [
    "EXECUTE STATEMENT SET BEGIN INSERT INTO t (a) SELECT a FROM s; INSERT INTO u (a) SELECT a FROM s; END",
    "statement-set",
    ["s"],
    ["t", "u"],
  ],
  ["EXECUTE STATEMENT SET BEGIN DROP TABLE t; END", "other", [], []],
  ["EXECUTE STATEMENT SET BEGIN INSERT INTO t", "other", [], []],
  ["INSERT t SELECT 1", "other", [], []],
  ["INSERT INTO (a) SELECT 1", "other", [], []],
  ["CREATE TABLE IF NOT EXISTS d.t (a INT, b AS (a + 1))", "create-table", [], ["d.t"]],
  ["CREATE TABLE t (a INT) WITH ('x' = 'y') AS SELECT a FROM s", "create-table-as", ["s"], ["t"]],
  ["CREATE OR REPLACE TABLE t AS (TABLE s)", "create-table-as", ["s"], ["t"]],
  ["CREATE VIEW v AS SELECT a FROM s", "create-view", ["s"], ["v"]],
  ["CREATE MATERIALIZED TABLE m AS SELECT 1", "other", [], []],
  ["CREATE FUNCTION f AS 'x'", "other", [], []],
  ["ALTER TABLE t SET ('a' = 'b')", "alter-table", [], ["t"]],
  ["ALTER VIEW v RENAME TO w", "other", [], []],
  ["DROP TABLE IF EXISTS t", "drop", [], ["t"]],
  ["DROP FUNCTION f", "drop", [], []],
  ["SELECT a FROM s", "select", ["s"], []],
  ["(SELECT a FROM s)", "select", ["s"], []],
  ["VALUES (1)", "select", [], []],
  ["TABLE s", "select", ["s"], []],
  ["EXPLAIN SELECT a FROM s", "other", [], []],
  ["USE CATALOG c", "other", [], []],
  ["", "other", [], []],
])("%j is %s", (sql, kind, reads, writes) => {
  expect({ kind: analyseSql(sql).kind, ...tablesOf(sql) }).toEqual({ kind, reads, writes });
});

test.each([
  ["SELECT a FROM c.d.s AS x, r, (SELECT b FROM q) JOIN p ON 1 = 1", ["c.d.s", "r", "q", "p"]],
  ["WITH q (x) AS (SELECT a FROM s), r AS (SELECT x FROM q) SELECT x FROM r, q", ["s"]],
  ["WITH s AS (SELECT a FROM s) SELECT a FROM s", ["s"]],
  ["SELECT a FROM s WHERE a IN (WITH q AS (SELECT b FROM r) SELECT b FROM q)", ["s", "r"]],
  ["SELECT a FROM (WITH q AS (SELECT 1) SELECT a FROM q) JOIN q ON 1 = 1", ["q"]],
  ["SELECT a FROM d.q, (WITH q AS (SELECT 1) SELECT a FROM q)", ["d.q"]],
  ["SELECT a FROM TUMBLE(TABLE d.s, DESCRIPTOR(ts), INTERVAL '1' MINUTE)", ["d.s"]],
  ["SELECT a FROM TABLE(HOP(DATA => TABLE s, TIMECOL => DESCRIPTOR(ts)))", ["s"]],
  ["SELECT a FROM s CROSS JOIN UNNEST(items) AS i (b)", ["s"]],
  ["SELECT a FROM s, LATERAL TABLE(split(b)) AS i (c), r", ["s", "r"]],
  ["SELECT a FROM s LEFT JOIN LATERAL (SELECT b FROM r) ON TRUE", ["s", "r"]],
  ["SELECT EXTRACT(DAY FROM d), TRIM(BOTH 'x' FROM e) FROM s", ["s"]],
  ["SELECT a FROM s WHERE a IS DISTINCT FROM b", ["s"]],
  ["SELECT a FROM (s JOIN r ON 1 = 1)", ["s", "r"]],
  ["SELECT a FROM (VALUES (1), (2)) AS v (a)", []],
  ["SELECT a FROM s GROUP BY a, b UNION ALL SELECT a FROM r, q", ["s", "r", "q"]],
  ["SELECT 'FROM x', `FROM y` FROM s -- FROM z\n/* JOIN q */", ["s"]],
  ["SELECT CAST(a AS TIMESTAMP(3) WITH LOCAL TIME ZONE), b FROM s", ["s"]],
  ["SELECT a FROM s MATCH_RECOGNIZE (PATTERN (A B) DEFINE A AS a > 1)", ["s"]],
  ["SELECT a FROM s UNION ALL (TABLE r)", ["s", "r"]],
  ["SELECT a FROM", []],
  ["SELECT a FROM d.", ["d"]],
  ["SELECT a) FROM s", ["s"]],
])("reads of %j", (sql, reads) => {
  expect(tablesOf(sql).reads).toEqual(reads);
});

test.each([
  ["SELECT a, b FROM s WHERE a > 1", []],
  ["SELECT a FROM s UNION ALL SELECT a FROM r", []],
  ["SELECT a FROM s CROSS JOIN UNNEST(b) AS c", []],
  ["SELECT a FROM s, LATERAL TABLE(f(b)) AS c", []],
  ["SELECT a FROM (SELECT a FROM s)", []],
  ["SELECT a FROM s WHERE a IS DISTINCT FROM b", []],
  ['SELECT `count`, `group`, over, "limit" FROM s', []],
  ["SELECT a\nFROM s\nGROUP BY a", ["GROUP BY in line 3"]],
  ["SELECT count(*),\n max(a) FROM s", ["COUNT() in line 1", "MAX() in line 2"]],
  ["SELECT DISTINCT a FROM s", ["DISTINCT in line 1"]],
  ["SELECT a FROM s JOIN r ON 1 = 1", ["JOIN in line 1"]],
  ["SELECT a FROM s, r", ["comma between tables in line 1"]],
  ["SELECT a FROM s JOIN r FOR SYSTEM_TIME AS OF s.t ON 1 = 1", ["JOIN in line 1"]],
  ["SELECT a FROM s JOIN LATERAL (SELECT b FROM r) ON TRUE", ["JOIN in line 1"]],
  ["SELECT LAG(a) OVER w FROM s", ["LAG() in line 1", "OVER in line 1"]],
  ["SELECT f(a) IGNORE NULLS OVER (PARTITION BY b) FROM s", ["OVER in line 1"]],
  ["SELECT a FROM TUMBLE(TABLE s, DESCRIPTOR(t))", ["TUMBLE(TABLE …) in line 1"]],
  ["SELECT a FROM s MATCH_RECOGNIZE (PATTERN (A))", ["MATCH_RECOGNIZE in line 1"]],
  ["SELECT a FROM s UNION SELECT a FROM r", ["UNION without ALL in line 1"]],
  ["SELECT a FROM s INTERSECT SELECT a FROM r", ["INTERSECT in line 1"]],
  ["SELECT a FROM s EXCEPT SELECT a FROM r", ["EXCEPT in line 1"]],
  ["SELECT a FROM s ORDER BY a LIMIT 3", ["ORDER BY in line 1", "LIMIT in line 1"]],
  ["SELECT a FROM s FETCH FIRST ROW ONLY", ["FETCH in line 1"]],
  ["SELECT a FROM s WHERE a IN (SELECT b FROM r)", ["IN (SELECT …) in line 1"]],
  ["SELECT a FROM s WHERE (NOT EXISTS (SELECT b FROM r))", ["EXISTS (SELECT …) in line 1"]],
  ["SELECT (SELECT b FROM r) FROM s", ["subquery in line 1"]],
])("what %j must remember", (sql, reasons) => {
  expect(analyseSql(`INSERT INTO t (a) ${sql}`).statefulBecause).toEqual(reasons);
});

describe("properties", () => {
  const statements = [
    "INSERT INTO t ( a ) WITH q AS ( SELECT a , 'x' AS b FROM c . d . s ) SELECT a FROM q JOIN `r` ON q . b = 'y'",
    "EXECUTE STATEMENT SET BEGIN INSERT INTO t ( a ) SELECT a FROM s ; INSERT INTO u ( a ) SELECT count ( * ) FROM TUMBLE ( TABLE s ) ; END",
    "CREATE TABLE t WITH ( 'k' = 'v' ) AS SELECT a FROM s CROSS JOIN UNNEST ( b )",
    "CREATE VIEW v AS SELECT DISTINCT a FROM s UNION ALL SELECT a FROM ( r JOIN q ON 1 = 1 )",
  ];
  const blank = fc.oneof(
    fc.constantFrom(" ", "\n", "\t  ", "-- FROM x JOIN y;\n", "/* INSERT INTO z 'it' */"),
    fc.string({ maxLength: 12 }).map((text) => `/*${text.replaceAll("*", "")}*/`),
  );
  const stringText = fc.string({ maxLength: 12 }).map((text) => text.replaceAll("'", "''"));
  const anyCase = fc.func(fc.boolean());

  it("comments, blanks, what strings say and the case of keywords change neither kind nor tables", () => {
    const KEYWORDS =
      /^(insert|into|with|as|select|from|join|on|execute|statement|set|begin|end|create|table|view|cross|unnest|distinct|union|all|tumble|count)$/i;
    fc.assert(
      fc.property(
        fc.constantFrom(...statements),
        fc.infiniteStream(blank),
        fc.infiniteStream(stringText),
        anyCase,
        (sql, blanks, strings, isLower) => {
          const words = sql.split(" ").map((word, index) => {
            const text = word.startsWith("'") ? `'${String(strings.next().value)}'` : word;
            const cased = KEYWORDS.test(text) && isLower(index) ? text.toLowerCase() : text;
            return cased + String(blanks.next().value);
          });
          const { kind, statefulBecause } = analyseSql(sql);
          const changed = analyseSql(words.join(""));
          expect({ kind: changed.kind, ...tablesOf(words.join("")) }).toEqual({
            kind,
            ...tablesOf(sql),
          });
          expect(changed.statefulBecause.length).toBe(statefulBecause.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("any text has an analysis", () => {
    const word = fc.constantFrom(
      ..."SELECT FROM JOIN WITH AS ( ) , . * a `b` 'c' INSERT INTO TABLE CREATE UNION ; END BEGIN LATERAL".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 5 }))), (words) => {
        expect(analyseSql(words.join(" ")).kind).toEqual(expect.any(String));
      }),
    );
  });
});
