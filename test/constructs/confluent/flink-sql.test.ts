import { sqlRules } from "../../../constructs/confluent/flink-sql";

function problemsOf(sql: string): readonly string[] {
  return sqlRules("a.sql", sql)
    .filter(([broken]) => broken)
    .map(([, problem]) => problem);
}

test.each([
  "INSERT INTO t (a) SELECT a FROM s",
  "insert into t(a,b) select a, b from s",
  "INSERT OVERWRITE t (a) VALUES (1)",
  "INSERT INTO `c`.`d`.`t;` (`a`, b.c) WITH q AS (SELECT a FROM s) SELECT a FROM q",
  "-- INSERT INTO t SELECT a;\nINSERT INTO t /* (not; 'these) */ (a) -- it's;\n(SELECT 'INSERT INTO t SELECT ;')",
  "EXECUTE STATEMENT SET BEGIN INSERT INTO t (a) SELECT 1; INSERT INTO u (a) SELECT CASE WHEN b THEN 1 END FROM s; END",
  "SELECT 'it''s', `a``;` FROM s",
  "CREATE TABLE t AS SELECT a FROM s",
  "CREATE TABLE IF NOT EXISTS t (a INT, b AS (a + 1)) COMMENT 'as select'",
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
  ["INSERT INTO t SELECT a FROM s", "INSERT INTO t SELECT a FROM s"],
  ["insert into `t`\n  select a from s", "insert into `t` select a from s"],
  ["INSERT INTO t -- n\nSELECT a", "INSERT INTO t -- n SELECT a"],
  ["INSERT /* n */ INTO t (SELECT * FROM s)", "INSERT /* n */ INTO t (SELECT * FROM s)"],
  ["INSERT INTO t (TABLE s)", "INSERT INTO t (TABLE s)"],
  ["INSERT INTO t WITH q AS (SELECT 1) SELECT * FROM q", undefined],
  ["INSERT INTO t -- (a)\nVALUES (1)", "INSERT INTO t -- (a) VALUES (1)"],
  ["INSERT OVERWRITE c.d.t SELECT 1", "INSERT OVERWRITE c.d.t SELECT 1"],
  ["-- first\nEXPLAIN INSERT INTO t SELECT 1", "INSERT INTO t SELECT 1"],
  [
    "EXECUTE STATEMENT SET BEGIN INSERT INTO t (a) SELECT 1; INSERT INTO u SELECT 2; END",
    "INSERT INTO u SELECT 2; END",
  ],
])("H-02: fails when INSERT relies on positions: %j", (sql, got = sql) => {
  expect(problemsOf(sql)).toEqual([
    `a.sql must list the columns it inserts, as in INSERT INTO t (a, b) SELECT …: INSERT maps by position, not by name, got "${got}"`,
  ]);
});

test.each([
  ["SELECT 1; SELECT 2", 2],
  ["DROP TABLE t; CREATE TABLE t (a INT); SELECT a FROM t;", 3],
  ["EXECUTE STATEMENT SET BEGIN INSERT INTO t (a) SELECT 1; END; SELECT CASE WHEN b THEN 1 END", 3],
])("fails for several statements: %j", (sql, count) => {
  expect(problemsOf(sql)).toEqual([
    `a.sql must hold one statement: give each a file of its own, got ${count}`,
  ]);
});

test.each([
  ["SELECT a\nFROM s;", "FROM s;"],
  ["SELECT a FROM s; -- done", "SELECT a FROM s; -- done"],
  ["EXECUTE STATEMENT SET BEGIN\nINSERT INTO t (a) SELECT 1;\nEND;", "END;"],
  [`SELECT '${"a".repeat(80)}';`, `SELECT '${"a".repeat(52)}…`],
])("fails for a semicolon at the end: %j", (sql, got) => {
  expect(problemsOf(sql)).toEqual([
    `a.sql must end without ";": Confluent runs one statement, and a comment with its name follows, got "${got}"`,
  ]);
});

test.each([
  "CREATE TABLE IF NOT EXISTS t AS SELECT a FROM s",
  "create table if not exists t with ('x' = 'y') as (select a from s)",
  "CREATE TABLE IF NOT EXISTS t -- n\nAS WITH q AS (SELECT 1) SELECT * FROM q",
  "CREATE TEMPORARY VIEW IF NOT EXISTS v AS VALUES (1)",
])("T-19: fails when a changed query would do nothing: %j", (sql) => {
  expect(problemsOf(sql)).toEqual([
    expect.stringMatching(/^a\.sql must not create by query IF NOT EXISTS: .*, got "create /i),
  ]);
});

test.each([
  ["SELECT 'a", "'a"],
  ["SELECT 'it''s, a FROM `s`", "'s, a FROM `s`"],
  ["SELECT `a", "`a"],
  ["SELECT a /* b", "/* b"],
])("fails when something is not closed, which would swallow the name: %j", (sql, got) => {
  expect(problemsOf(sql)).toContain(
    `a.sql must close its comments, strings and quoted names, got "${got}"`,
  );
});
