import { Evolution } from "../../../constructs/confluent/flink-evolution";
import {
  FlinkStatement,
  type FlinkStatementProps,
} from "../../../constructs/confluent/flink-statement";
import { withoutHashes } from "../../support/readable";
import { resourcesOf, synth, testStack } from "../../support/synth";
import { directoryOf, FakeFlinkAccess, OpenFlinkAccess } from "./flink-fixtures";

const SQL = "INSERT INTO b (x) SELECT x FROM a";
const anew = Evolution.recreate({ state: "discarded", reads: "earliest" });

interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly principalName?: string;
  readonly Access?: typeof FakeFlinkAccess;
  readonly change?: Partial<FlinkStatementProps>;
}

function declared({ files = { "v1.sql": SQL }, principalName, Access, change }: Given = {}) {
  const stack = testStack();
  const statement = new FlinkStatement(stack, "Copy", {
    access: new (Access ?? FakeFlinkAccess)(stack, principalName),
    statementName: "copy",
    directory: directoryOf(files),
    catalog: "lab",
    database: "main",
    tables: [{ name: "a" }, { name: "b" }, { name: "b_v2" }],
    evolution: anew,
    ...change,
  });
  return { stack, statement };
}

function resources(given: Given = {}): Record<string, unknown>[] {
  return resourcesOf(withoutHashes(synth(declared(given).stack)), "confluent_flink_statement");
}

function refusal(given: Given): string {
  try {
    declared(given);
  } catch (error) {
    return String(error).replace(/\S+\/pipeline/g, "pipeline");
  }
  return "nothing was refused";
}

const nameOf = (given: Given): unknown => resources(given)[0]?.["statement_name"];

describe("FlinkStatement", () => {
  const name = "copy-v1-cc0927c142";

  test("T-27, T-18: names no key, principal or pool, and no table by look-up", () => {
    expect(resources()).toEqual([
      {
        provider: "confluent.flink",
        statement_name: name,
        statement: `${SQL}\n-- ${name}`,
        properties: {
          "sql.current-catalog": "lab",
          "sql.current-database": "main",
          "sql.tables.scan.startup.mode": "earliest-offset",
        },
        depends_on: [
          "confluent_role_binding.Roles_DeveloperRead-a",
          "confluent_role_binding.Roles_DeveloperWrite-b",
        ],
      },
    ]);
  });

  test("T-28: what Confluent ignores cannot be said: a statement that shall wait is not declared", () => {
    expect(resources()[0]).not.toHaveProperty("stopped");
  });

  test("whitespace around the SQL is no change", () => {
    expect(resources({ files: { "v1.sql": `\n${SQL}\n\n` } })).toEqual(resources());
  });

  test.each<[string, Given]>([
    ["SQL", { files: { "v1.sql": `${SQL} WHERE x > 1` } }],
    ["properties", { change: { properties: { "sql.state-ttl": "1 d" } } }],
    ["catalog", { change: { catalog: "other" } }],
    ["database", { change: { database: "other" } }],
    ["principal", { principalName: "somebody else" }],
    ["version", { files: { "v2.sql": SQL } }],
    [
      "start",
      { change: { evolution: Evolution.recreate({ state: "discarded", reads: "latest" }) } },
    ],
  ])(
    "T-20: another %s makes another name and another text, which Terraform replaces",
    (_, given) => {
      const [changed] = resources(given);
      expect(changed?.["statement_name"]).toMatch(/^copy-v[12]-[0-9a-f]{10}$/);
      expect(changed?.["statement_name"]).not.toBe(name);
      expect(changed?.["statement"]).toContain(`-- ${String(changed?.["statement_name"])}`);
    },
  );

  test("the order of properties is no change", () => {
    const one = { properties: { "sql.a": "1", "sql.b": "2" } };
    const other = { properties: { "sql.b": "2", "sql.a": "1" } };
    expect(nameOf({ change: one })).toBe(nameOf({ change: other }));
  });

  test("what looks like a Terraform template in SQL stays SQL", () => {
    const files = { "v1.sql": `${SQL} WHERE x <> '\${a}' AND x <> '%{b}'` };
    expect(resources({ files })[0]?.["statement"]).toContain("'$${a}' AND x <> '%%{b}'");
  });

  test("begins at a time", () => {
    const reads = new Date("2026-01-31T00:00:00Z");
    const evolution = Evolution.recreate({ state: "discarded", reads });
    expect(resources({ change: { evolution } })[0]?.["properties"]).toMatchObject({
      "sql.tables.scan.startup.mode": "timestamp",
      "sql.tables.scan.startup.timestamp-millis": "1769817600000",
    });
  });

  test("waits for nothing when nothing is granted", () => {
    expect(resources({ Access: OpenFlinkAccess })[0]).not.toHaveProperty("depends_on");
  });

  test("owns what it defines", () => {
    const sql = "CREATE TABLE IF NOT EXISTS b (x INT) DISTRIBUTED BY (x) INTO 1 BUCKETS";
    expect(resources({ files: { "v1.sql": sql } })[0]?.["depends_on"]).toEqual([
      "confluent_role_binding.Roles_ResourceOwner-b",
    ]);
  });

  test("knows a table by its full name as well", () => {
    const { statement } = declared({
      files: { "v1.sql": "INSERT INTO main.b (x) SELECT x FROM `lab`.main.a" },
    });
    expect([statement.reads, statement.writes]).toEqual([["a"], ["b"]]);
  });
});

describe("FlinkStatement that starts anew", () => {
  test("is the newest version at one address, so that Terraform deletes the last one first", () => {
    const { stack, statement } = declared({ files: { "v1.sql": SQL, "v2.sql": `${SQL} -- 2` } });
    const statements = withoutHashes(synth(stack)).resource?.["confluent_flink_statement"] ?? {};
    expect(Object.keys(statements)).toEqual(["Copy"]);
    expect(statement.statementName).toMatch(/^copy-v2-/);
    expect(statement.servingTables).toEqual(["b"]);
  });

  test("counts versions as numbers, from any first one", () => {
    const files = Object.fromEntries(
      Array.from({ length: 3 }, (_, index) => [`v${index + 9}.sql`, SQL]),
    );
    expect(declared({ files }).statement.statementName).toMatch(/^copy-v11-/);
  });
});

describe("FlinkStatement that runs versions side by side", () => {
  const files = {
    "v1.sql": "INSERT INTO b (x) SELECT count(*) FROM a",
    "v2.sql": "INSERT INTO b_v2 (x) SELECT sum(x) FROM a",
  };
  const sideBySide = (serving: number, ...running: number[]) =>
    Evolution.blueGreen({
      serving,
      running: Object.fromEntries(running.map((version) => [version, "earliest" as const])),
    });

  test("each version has an address and a table of its own, and one of them serves", () => {
    const { stack, statement } = declared({ files, change: { evolution: sideBySide(1, 1, 2) } });
    const statements = withoutHashes(synth(stack)).resource?.["confluent_flink_statement"] ?? {};
    expect(Object.keys(statements)).toEqual(["Copy_V1", "Copy_V2"]);
    expect(statement.statementName).toMatch(/^copy-v1-/);
    expect(statement.servingTables).toEqual(["b"]);
    expect(statement.writes).toEqual(["b_v2", "b"]);
    expect(statement.reads).toEqual(["a"]);
  });

  test("a version that carried over goes on as it is", () => {
    const evolution = Evolution.blueGreen({ serving: 1, running: { 1: "unchanged", 2: "latest" } });
    const [v1, v2] = resources({ files, change: { evolution } });
    expect(v1?.["properties"]).toEqual({
      "sql.current-catalog": "lab",
      "sql.current-database": "main",
    });
    // It names its predecessor, in the state alone: Confluent changes no property of a statement.
    expect(v1?.["lifecycle"]).toEqual({ ignore_changes: ["properties"] });
    expect(v2?.["properties"]).toMatchObject({ "sql.tables.scan.startup.mode": "latest-offset" });
    expect(v2).not.toHaveProperty("lifecycle");
  });

  test("a version is retired by leaving it out", () => {
    const { statement } = declared({ files, change: { evolution: sideBySide(2, 2) } });
    expect(statement.servingTables).toEqual(["b_v2"]);
    expect(statement.writes).toEqual(["b_v2"]);
    expect(resources({ files, change: { evolution: sideBySide(2, 2) } })).toHaveLength(1);
  });

  test.each<[Evolution, string]>([
    [sideBySide(2, 1), "must serve a version that is running (1), got 2"],
    [sideBySide(1), "must serve a version that is running (), got 1"],
    [sideBySide(1, 1, 3), "must run versions that pipeline holds (1), got 3"],
    [
      Evolution.blueGreen({ serving: 1, running: { 1: new Date("never") } }),
      "must read from a time that exists, got an invalid Date",
    ],
  ])("fails for what cannot run: %#", (evolution, problem) => {
    expect(refusal({ files, change: { evolution } })).toContain(`Evolution.blueGreen ${problem}`);
  });

  test("fails when two versions would write one table", () => {
    const same = { "v1.sql": SQL, "v2.sql": SQL };
    expect(refusal({ files: same, change: { evolution: sideBySide(2, 1, 2) } })).toContain(
      "Evolution.blueGreen must give each version a table of its own, such as <table>_v2, got b twice",
    );
  });
});

describe("refusals", () => {
  test("T-19: what is made once has one version", () => {
    const sql = "CREATE TABLE IF NOT EXISTS b (x INT) DISTRIBUTED BY (x) INTO 1 BUCKETS";
    expect(refusal({ files: { "v1.sql": sql, "v2.sql": sql } })).toContain(
      "v2.sql must not make again what version 1 has made: what is there stays as it is, whatever a later version says. Write an ALTER TABLE, or make another table, got create-table",
    );
  });

  test.each(["", "A b", "ä", "a--b", "-a"])("of the name %j", (statementName) => {
    expect(refusal({ change: { statementName } })).toContain(
      `test/Copy: statementName must be lower-case words joined by "-", got ${JSON.stringify(statementName)}`,
    );
  });

  test.each<[Record<string, string>, string]>([
    [{}, "pipeline must hold a version of the statement such as v1.sql, got none"],
    [
      { "v1.sql": SQL, "v3.sql": SQL, "v4.sql": SQL },
      "pipeline must hold its versions without a gap, got v4.sql, v3.sql, v1.sql",
    ],
    [
      { "v1.sql": SQL, "v01.sql": SQL, "draft.sql": SQL, "README.md": "" },
      "pipeline must name its SQL files v1.sql, v2.sql and so on, got draft.sql, v01.sql",
    ],
    [{ "v1.sql": " \n" }, "pipeline/v1.sql must hold a SQL statement, got an empty file"],
    [
      { "v1.sql": "INSERT INTO b (x)\nSELECT x FROM c" },
      'pipeline/v1.sql:2 must name tables that are passed in "tables" (a, b, b_v2), got c',
    ],
    [
      { "v1.sql": "INSERT INTO other.b (x) SELECT x FROM a" },
      'pipeline/v1.sql:1 must name tables that are passed in "tables" (a, b, b_v2), got other.b',
    ],
    [
      { "v1.sql": "DROP TABLE b" },
      "pipeline/v1.sql must drop nothing: it would drop once, and again when Confluent has forgotten the statement after 30 days, got drop",
    ],
    [
      { "v1.sql": "SELECT x FROM a" },
      "pipeline/v1.sql must write its rows to a table with INSERT INTO: nobody reads the result of a SELECT, got select",
    ],
    [
      { "v1.sql": "EXPLAIN SELECT x FROM a" },
      "pipeline/v1.sql must be an INSERT, a statement set, a CREATE TABLE, a CREATE VIEW or an ALTER TABLE, got other",
    ],
  ])("T-19 among them: of the files %j", (files, problem) => {
    expect(refusal({ files })).toContain(problem);
  });

  test("of a directory that is not there", () => {
    expect(refusal({ change: { directory: "missing" } })).toContain(
      "test/Copy: missing cannot be read; name a directory relative to the project's root",
    );
  });

  test("of properties that other props decide", () => {
    const properties = {
      "sql.current-catalog": "x",
      "sql.tables.initial-offset-from": "y",
      "sql.tables.scan.startup.mode": "z",
      "sql.state-ttl": "1 d",
    };
    expect(refusal({ change: { properties } })).toContain(
      "properties must leave what catalog, database and evolution say to them, got sql.current-catalog, sql.tables.initial-offset-from, sql.tables.scan.startup.mode",
    );
  });

  test("of a start that is no time", () => {
    const evolution = Evolution.recreate({ state: "discarded", reads: new Date("never") });
    expect(refusal({ change: { evolution } })).toContain(
      "Evolution.recreate must read from a time that exists, got an invalid Date",
    );
  });

  test("of a text that leaves no room for the comment with the name", () => {
    const files = { "v1.sql": `${SQL} WHERE x = '${"x".repeat(131_072)}'` };
    expect(refusal({ files })).toContain("v1.sql must be at most 130968 characters");
  });
});
