import fc from "fast-check";

import {
  parseStatement,
  type Insert,
} from "../../../../sandbox/world/confluent/flink/sql-statement";
import { SqlSyntaxError } from "../../../../sandbox/world/confluent/flink/sql-tokens";

function insertOf(sql: string): Insert {
  const statement = parseStatement(sql);
  if (statement.kind !== "insert" || statement.inserts[0] === undefined) {
    throw new Error(`${sql} must be an INSERT`);
  }
  return statement.inserts[0];
}

function sourcesOf(query: string): readonly string[] {
  return insertOf(`INSERT INTO sink ${query}`).query.sources.map(({ path }) => path.join("."));
}

test.each<[string, string, readonly string[]]>([
  ["one table", "SELECT * FROM orders", ["orders"]],
  ["quoted and qualified", "SELECT * FROM `my env`.`my cluster`.`a.b`", ["my env.my cluster.a.b"]],
  ["a union", "SELECT a FROM x UNION ALL SELECT a FROM y", ["x", "y"]],
  [
    "joins",
    "SELECT * FROM a JOIN b ON a.id = b.id LEFT JOIN c AS d ON a.id = d.id",
    ["a", "b", "c"],
  ],
  ["a comma list", "SELECT * FROM a, b AS bb, c WHERE a.x IN (b.y, c.z)", ["a", "b", "c"]],
  ["a sub-query", "SELECT * FROM (SELECT x FROM inner_table) t, other", ["inner_table", "other"]],
  ["a sub-query in a condition", "SELECT * FROM a WHERE x IN (SELECT y FROM b)", ["a", "b"]],
  ["the same table twice", "SELECT * FROM a AS l JOIN a AS r ON l.x = r.x", ["a"]],
  [
    "a common table expression",
    "WITH t AS (SELECT * FROM a) SELECT * FROM t JOIN b ON TRUE",
    ["a", "b"],
  ],
  [
    "several of them with columns",
    "WITH t (x, y) AS (SELECT * FROM a), u AS (SELECT * FROM t) SELECT * FROM u",
    ["a"],
  ],
  ["FROM inside a function", "SELECT EXTRACT(DAY FROM ts), TRIM(BOTH ' ' FROM s) FROM a", ["a"]],
  ["IS DISTINCT FROM", "SELECT * FROM a WHERE x IS NOT DISTINCT FROM y", ["a"]],
  [
    "a windowing function",
    "SELECT * FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(`$rowtime`), INTERVAL '1' HOUR))",
    ["a"],
  ],
  [
    "a windowing function without TABLE()",
    "SELECT * FROM HOP(TABLE a, DESCRIPTOR(t), INTERVAL '1' HOUR), b",
    ["a", "b"],
  ],
  ["a lateral table function", "SELECT * FROM a, LATERAL TABLE(split(a.words)) AS t(word)", ["a"]],
  ["an unnested array", "SELECT * FROM a CROSS JOIN UNNEST(a.items) AS t (item)", ["a"]],
  [
    "a temporal join",
    "SELECT * FROM a JOIN b FOR SYSTEM_TIME AS OF a.ts ON a.id = b.id",
    ["a", "b"],
  ],
  ["names in strings and comments", "SELECT 'FROM x' /* FROM y */ FROM a -- FROM z", ["a"]],
  ["keywords as quoted names", "SELECT `from` FROM `select`", ["select"]],
  ["rows", "VALUES (1, 'FROM x')", []],
])("finds the sources of %s", (_case, query, sources) => {
  expect(sourcesOf(query)).toEqual(sources);
});

test.each<[string, readonly (number | undefined)[]]>([
  ["SELECT a, b AS c, f(d, e) FROM t", [3]],
  ["SELECT DISTINCT a, b FROM t", [2]],
  ["SELECT a FROM t UNION ALL SELECT a, b FROM u", [1, 2]],
  ["SELECT * FROM t", [undefined]],
  ["SELECT t.*, a FROM t", [undefined]],
  ["SELECT a * b, COUNT(*) FROM t", [2]],
  ["(SELECT a FROM t)", [undefined]],
  ["WITH t AS (SELECT 1, 2, 3) SELECT a, b FROM t", [2]],
  ["SELECT CASE WHEN x IS DISTINCT FROM y THEN 1 ELSE 2 END, z FROM t", [2]],
  ["VALUES (1, f(2, 3)), (4, 5)", [2]],
  ["VALUES 1, 2", [1]],
])("counts the columns of %s", (query, counts) => {
  expect(insertOf(`INSERT INTO sink ${query}`).query.columnCounts).toEqual(counts);
});

test("reads the sink and its column list", () => {
  const insert = insertOf("insert into `db`.`sink` (id, `the amount`) select 1, 2;");

  expect(insert.sink.path).toEqual(["db", "sink"]);
  expect(insert.columns?.map(({ text }) => text)).toEqual(["id", "the amount"]);
  expect(insertOf("INSERT INTO sink SELECT 1").columns).toBeUndefined();
  expect(insertOf("INSERT INTO sink (SELECT 1)").columns).toBeUndefined();
});

test("reads every INSERT of a statement set", () => {
  const statement = parseStatement(
    "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT * FROM s; INSERT INTO b SELECT * FROM s; END;",
  );

  expect(statement).toMatchObject({
    kind: "insert",
    inserts: [{ sink: { path: ["a"] } }, { sink: { path: ["b"] } }],
  });
});

test.each([
  ["CREATE TABLE t (x INT)", "CREATE TABLE"],
  ["drop table t", "DROP TABLE"],
  ["SET 'a' = 'b'", "SET"],
])("names the verb of %s, which the world does not run", (sql, verb) => {
  expect(parseStatement(sql)).toEqual({ kind: "other", verb });
});

test.each([
  ["  -- nothing", "the statement is empty"],
  ["INSERT sink SELECT 1", '"sink" at line 1, column 8 where INSERT INTO was expected'],
  ["INSERT INTO 1 SELECT 1", '"1" at line 1, column 13 where a table\'s name was expected'],
  ["INSERT INTO t", "the statement ends where a query was expected"],
  ["INSERT INTO t DELETE", '"DELETE" at line 1, column 15 where a query was expected'],
  ["SELECT (1", "unclosed ( at line 1, column 8"],
  ["SELECT 1)", "unexpected ) at line 1, column 9"],
  ["EXECUTE STATEMENT SET INSERT INTO a SELECT 1", "a statement set stands between BEGIN and END"],
])("fails on %s", (sql, message) => {
  expect(() => parseStatement(sql)).toThrow(new SqlSyntaxError(message));
});

const identifier = fc.stringMatching(/^[a-z][a-z0-9_]{0,7}$/).map((name) => `t_${name}`);

test("finds exactly the tables that a generated union of joins reads", () => {
  const branch = fc.array(identifier, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(branch, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (branches, quoted) => {
        const name = (table: string): string => (quoted ? `\`${table}\`` : table);
        const query = branches
          .map(([first = "", ...joined]) =>
            [
              `SELECT a, b FROM ${name(first)}`,
              ...joined.map((table) => `JOIN ${name(table)} ON a = b`),
            ].join(" "),
          )
          .join("\nUNION ALL\n");

        expect(sourcesOf(query)).toEqual([...new Set(branches.flat())]);
      },
    ),
  );
});

test("finds a table however deep its sub-query is", () => {
  fc.assert(
    fc.property(identifier, fc.integer({ min: 0, max: 12 }), (table, depth) => {
      const query = Array.from({ length: depth }).reduce<string>(
        (inner) => `SELECT * FROM (${inner}) AS x`,
        `SELECT * FROM ${table}`,
      );

      expect(sourcesOf(query)).toEqual([table]);
    }),
  );
});

test("counts as many columns as a select list has items", () => {
  const item = fc.constantFrom(
    "a",
    "f(a, b)",
    "'x, y'",
    "CAST(a AS DECIMAL(10, 2))",
    "a * b",
    "`a,b`",
  );
  fc.assert(
    fc.property(fc.array(item, { minLength: 1 }), (items) => {
      const { columnCounts } = insertOf(`INSERT INTO t SELECT ${items.join(", ")} FROM s`).query;
      expect(columnCounts).toEqual([items.length]);
    }),
  );
});

test("any text is a statement or a syntax error, never another failure", () => {
  const word = fc.constantFrom(
    "INSERT",
    "INTO",
    "SELECT",
    "FROM",
    "WITH",
    "AS",
    "UNION",
    "VALUES",
    "t",
    ",",
    "(",
    ")",
    ";",
    "*",
    ".",
    "'s'",
    "TABLE",
    "BEGIN",
    "END",
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      try {
        parseStatement(words.join(" "));
      } catch (error) {
        expect(error).toBeInstanceOf(SqlSyntaxError);
      }
    }),
  );
});

test("ALTER TABLE … SET has a table and options", () => {
  expect(
    parseStatement("ALTER TABLE `db`.`t` SET (\n  'a' = '1',\n  'b.c' = 'it''s'\n);"),
  ).toMatchObject({
    kind: "alter-options",
    table: { path: ["db", "t"] },
    options: { a: "1", "b.c": "it's" },
  });
  expect(parseStatement("ALTER TABLE t RENAME TO u")).toEqual({
    kind: "other",
    verb: "ALTER TABLE",
  });
});

test.each([
  ["ALTER TABLE t SET ()", "was expected"],
  ["ALTER TABLE t SET 'a' = '1'", "was expected"],
  ["ALTER TABLE t SET ('a' = 1)", "'option' = 'value'"],
  ["ALTER TABLE t SET ('a' = '1' 'b' = '2')", '"b" at line 1, column 30 where , was expected'],
])("%s is no SQL", (sql, message) => {
  expect(() => parseStatement(sql)).toThrow(message);
});
