import { sqlRules, type LintedSql } from "../../../constructs/confluent/flink-sql/lint";

function problemsOf(sql: string, more: Partial<LintedSql> = {}): readonly string[] {
  return sqlRules({ file: "a.sql", sql, ...more })
    .filter(([broken]) => broken)
    .map(([, problem]) => problem);
}

const TABLE = "CREATE TABLE IF NOT EXISTS t (a INT) DISTRIBUTED BY (a) INTO 1 BUCKETS";

test.each([
  "INSERT INTO t (a) SELECT a FROM s",
  "insert into t(a,b) select a, b from s",
  "INSERT OVERWRITE t (a) VALUES (1)",
  "INSERT INTO `c`.`d`.`t;` (`a`, b.c) WITH q AS (SELECT a FROM s) SELECT a FROM q",
  "-- INSERT INTO t SELECT a;\nINSERT INTO t /* (not; 'these) */ (a) -- it's;\n(SELECT 'INSERT INTO t SELECT ;')",
  "EXECUTE STATEMENT SET BEGIN INSERT INTO t (a) SELECT 1; INSERT INTO u (a) SELECT CASE WHEN b THEN 1 END FROM s; END",
  "BEGIN STATEMENT SET; INSERT INTO t (a) SELECT 1; END",
  "INSERT INTO t PARTITION (p = 1) (a) SELECT a FROM s",
  "SELECT 'it''s', `a``;` FROM s",
  "CREATE TABLE t DISTRIBUTED BY (a) INTO 4 BUCKETS AS SELECT a FROM s",
  "CREATE TABLE IF NOT EXISTS t (a INT, b AS (a + 1)) COMMENT 'as select' DISTRIBUTED BY (a) INTO 1 BUCKETS",
  "INSERT INTO t (a) SELECT count(*) * 2 FROM (SELECT *, 3 * a FROM s)",
  "INSERT INTO t (a) SELECT a FROM TUMBLE(TABLE s, DESCRIPTOR(`$rowtime`), INTERVAL '1' MINUTE)",
  "INSERT INTO t (a) SELECT a FROM o JOIN r FOR SYSTEM_TIME AS OF o.ts ON o.k = r.k",
  "INSERT INTO t (a) SELECT a FROM o CROSS JOIN UNNEST(o.items) AS i",
  "SELECT tumble, 'TUMBLE(', proctime FROM s",
])("takes %j", (sql) => {
  expect(problemsOf(sql)).toEqual([]);
});

test.each([
  ["", "an empty file"],
  [" \n", "an empty file"],
  ["-- later\n/* or\nnever */", 'nothing but "-- later /* or never */"'],
  [";", 'nothing but ";"'],
])("fails when there is no statement: %j", (sql, got) => {
  expect(problemsOf(sql)).toEqual([`a.sql must hold a SQL statement, got ${got}`]);
});

test.each([
  ["INSERT INTO t SELECT a FROM s", 1, "INSERT INTO t SELECT a FROM s"],
  ["insert into `t`\n  select a from s", 1, "insert into `t` select a from s"],
  ["\n\nINSERT INTO t -- n\nSELECT a", 3, "INSERT INTO t -- n SELECT a"],
  ["INSERT /* n */ INTO t (SELECT a FROM s)", 1, "INSERT /* n */ INTO t (SELECT a FROM s)"],
  ["INSERT INTO t (TABLE s)", 1, "INSERT INTO t (TABLE s)"],
  ["INSERT INTO t -- (a)\nVALUES (1)", 1, "INSERT INTO t -- (a) VALUES (1)"],
  ["INSERT INTO t (a SELECT a FROM s", 1, "INSERT INTO t (a SELECT a FROM s"],
  ["INSERT OVERWRITE c.d.t SELECT 1", 1, "INSERT OVERWRITE c.d.t SELECT 1"],
  [
    "EXECUTE STATEMENT SET BEGIN INSERT INTO t (a) SELECT 1;\nINSERT INTO u SELECT 2; END",
    2,
    "INSERT INTO u SELECT 2; END",
  ],
])("H-02: fails when INSERT relies on positions: %j", (sql, line, got) => {
  expect(problemsOf(sql)).toEqual([
    `a.sql:${line} must list the columns it inserts, as in INSERT INTO t (a, b) SELECT …: INSERT maps by position, not by name, got "${got}"`,
  ]);
});

test.each([
  ["SELECT 1; SELECT 2", 2],
  ["SELECT 1; SELECT 2; SELECT a FROM t;", 3],
  ["EXECUTE STATEMENT SET BEGIN INSERT INTO t (a) SELECT 1; END; SELECT CASE WHEN b THEN 1 END", 2],
])("fails for several statements: %j", (sql, count) => {
  expect(problemsOf(sql)).toEqual([
    `a.sql must hold one statement: give each a file of its own, got ${count}`,
  ]);
});

test.each([
  ["SELECT a\nFROM s;", 2, "FROM s;"],
  ["SELECT a FROM s; -- done", 1, "SELECT a FROM s; -- done"],
  ["EXECUTE STATEMENT SET BEGIN\nINSERT INTO t (a) SELECT 1;\nEND;", 3, "END;"],
  [`SELECT '${"a".repeat(80)}';`, 1, `SELECT '${"a".repeat(52)}…`],
])("fails for a semicolon at the end: %j", (sql, line, got) => {
  expect(problemsOf(sql)).toEqual([
    `a.sql:${line} must end without ";": Confluent runs one statement, and a comment with its name follows, got "${got}"`,
  ]);
});

test.each([
  "CREATE TABLE IF NOT EXISTS t DISTRIBUTED BY (a) INTO 1 BUCKETS AS SELECT a FROM s",
  "create table if not exists t distributed by (a) into 1 buckets with ('x' = 'y') as (select a from s)",
  "CREATE TABLE IF NOT EXISTS t -- n\nDISTRIBUTED BY (a) INTO 1 BUCKETS AS WITH q AS (SELECT 1) SELECT a FROM q",
  "CREATE VIEW IF NOT EXISTS v AS VALUES (1)",
])("T-19: fails when a changed query would do nothing: %j", (sql) => {
  expect(problemsOf(sql)).toEqual([
    expect.stringMatching(/^a\.sql:1 must not create by query IF NOT EXISTS: .*, got "create /i),
  ]);
});

test.each([
  ["SELECT 'a", "'a"],
  ["SELECT 'it''s, a FROM `s`", "'it''s, a FROM `s`"],
  ["SELECT `a", "`a"],
  ["SELECT a /* b", "/* b"],
])("fails when something is not closed, which would swallow the name: %j", (sql, got) => {
  expect(problemsOf(sql)).toEqual([
    `a.sql:1 must close its comments, strings and quoted names, got "${got}"`,
  ]);
});

test.each([
  ["INSERT INTO t (a) SELECT * FROM s", "* FROM s"],
  ["INSERT INTO t (a) SELECT s.* FROM s", "* FROM s"],
  ["INSERT INTO t (a) SELECT DISTINCT * FROM s", "* FROM s"],
  ["INSERT INTO t (a) SELECT a, * FROM s", "* FROM s"],
  ["INSERT INTO t (a) SELECT a FROM s UNION ALL (SELECT * FROM r)", "* FROM r)"],
  ["INSERT INTO t (a) (SELECT * FROM s)", "* FROM s)"],
  ["INSERT INTO t (a) WITH q AS (SELECT 1) SELECT * FROM q", "* FROM q"],
])("fails when INSERT takes whatever columns there are: %j", (sql, got) => {
  expect(problemsOf(sql)).toEqual([
    `a.sql:1 must name each column instead of *: a column that the source gains would shift or break the INSERT, got "${got}"`,
  ]);
});

test.each([
  ["INSERT INTO t (a) SELECT a FROM s\nJOIN r ON s.k = r.k", 2, "JOIN r ON s.k = r.k"],
  ["INSERT INTO t (a) SELECT a FROM s, r", 1, ", r"],
  [
    "INSERT INTO t (a) SELECT a FROM s JOIN (SELECT b FROM r) ON a = b",
    1,
    "JOIN (SELECT b FROM r) ON a = b",
  ],
])("fails for a join whose state never ends: %j", (sql, line, got) => {
  expect(problemsOf(sql)).toEqual([
    `a.sql:${line} must join with the property "sql.state-ttl", which says how long rows wait for a match: without it the state grows for ever, got "${got}"`,
  ]);
  expect(problemsOf(sql, { properties: { "sql.state-ttl": "1 d" } })).toEqual([]);
});

test.each([
  [
    "SELECT count(*) FROM s GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)",
    "window with a table function",
    "TUMBLE(ts",
  ],
  [
    "SELECT hop_start(ts, INTERVAL '1' MINUTE) FROM s",
    "window with a table function",
    "hop_start(ts",
  ],
  ["SELECT SESSION(ts, INTERVAL '1' MINUTE) FROM s", "window with a table function", "SESSION(ts"],
  ["SELECT PROCTIME() FROM s", "use event time", "PROCTIME()"],
  ["SELECT $rowtime FROM s", "quote the column as `$rowtime`", "$rowtime FROM s"],
  ["CREATE TEMPORARY VIEW v AS SELECT a FROM s", "leave out TEMPORARY", "TEMPORARY VIEW"],
  ["CREATE CATALOG c WITH ('x' = 'y')", "make neither catalog nor database", "CATALOG c"],
  ["CREATE DATABASE d", "make neither catalog nor database", "DATABASE d"],
  [`${TABLE} WITH ('connector' = 'kafka')`, "leave out the connector", "'connector' = 'kafka'"],
  ["ALTER TABLE t SET ('connector' = 'kafka')", "leave out the connector", "'connector' = 'kafka'"],
  [
    `${TABLE} WITH ('value.format' = 'json')`,
    "use a format of the Schema Registry",
    "'value.format'",
  ],
  [`${TABLE} WITH ('changelog.mode' = 'upsert')`, "declare PRIMARY KEY", "'changelog.mode'"],
  ["CREATE TABLE IF NOT EXISTS t (a INT)", "say DISTRIBUTED BY", "CREATE TABLE"],
  ["CREATE TABLE t AS SELECT a FROM s", "say DISTRIBUTED BY", "CREATE TABLE"],
  [TABLE.replace(" IF NOT EXISTS", ""), "create IF NOT EXISTS", "CREATE TABLE t"],
])("fails where Confluent would, or would do something else: %j", (sql, must, got) => {
  const [problem = "", ...others] = problemsOf(sql);
  expect(others).toEqual([]);
  expect(problem.startsWith(`a.sql:1 must ${must}`)).toBe(true);
  expect(problem).toContain(`, got "${got}`);
});

test.each([
  `${TABLE} WITH ('value.format' = 'json-registry', 'kafka.cleanup-policy' = 'delete')`,
  "CREATE TABLE IF NOT EXISTS t (a INT, PRIMARY KEY (a) NOT ENFORCED) DISTRIBUTED BY (a) INTO 1 BUCKETS WITH ('changelog.mode' = 'upsert')",
  "INSERT INTO t (a) SELECT 'connector' FROM s WHERE 'value.format' = 'json'",
  "SELECT temporary FROM catalog",
])("takes what only looks like a broken rule: %j", (sql) => {
  expect(problemsOf(sql)).toEqual([]);
});

test("fails for a text that is longer than Confluent takes with what is added to it", () => {
  const sql = `SELECT '${"x".repeat(100)}'`;
  const limit = sql.length;
  expect(problemsOf(sql, { reserved: 131_072 - limit })).toEqual([]);
  expect(problemsOf(sql, { reserved: 131_073 - limit })).toEqual([
    `a.sql must be at most ${limit - 1} characters long, got ${limit}`,
  ]);
});
