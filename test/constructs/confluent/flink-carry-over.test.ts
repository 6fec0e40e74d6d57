import { Evolution, type CarryOver } from "../../../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../../../constructs/confluent/flink-statement";
import { withoutHashes } from "../../support/readable";
import { resourcesOf, synth, testStack } from "../../support/synth";
import { directoryOf, FakeFlinkAccess, VariableMemory } from "./flink-fixtures";

const SQL = "INSERT INTO b (x) SELECT x FROM a";

describe("FlinkStatement that carries over", () => {
  const files = { "v1.sql": SQL, "v2.sql": `${SQL} WHERE x > 2`, "v3.sql": `${SQL} WHERE x > 3` };
  const carried = (
    more: { readonly files?: Readonly<Record<string, string>> } = {},
    choice: Partial<CarryOver> = {},
  ) => {
    const stack = testStack();
    const memory = new VariableMemory(stack);
    const directory = directoryOf(more.files ?? files);
    const statement = new FlinkStatement(stack, "Copy", {
      access: new FakeFlinkAccess(stack),
      statementName: "copy",
      directory,
      catalog: "lab",
      database: "main",
      tables: [{ name: "a" }, { name: "b" }],
      evolution: Evolution.carryOver({ memory, ...choice }),
    });
    return { stack, statement, directory };
  };

  test("each version is a resource, and the plan decides which of them are there", () => {
    const { stack, directory } = carried();
    const { resource, locals } = withoutHashes(synth(stack));
    const names = ["copy-v3-69c5b85046", "copy-v2-83ea78348d", "copy-v1-770775039e"];
    const [v3 = "", v2 = "", v1 = ""] = names;
    const roles = [
      "confluent_role_binding.Roles_DeveloperRead-a",
      "confluent_role_binding.Roles_DeveloperWrite-b",
    ];
    const older = (number: 1 | 2, name: string) => ({
      provider: "confluent.flink",
      count: `\${((local.Copy_From == "${name}") && local.Copy_PredecessorIsKept) ? 1 : 0}`,
      statement_name: name,
      statement: `${files[`v${number}.sql`]}\n-- ${name}`,
      properties: {
        "sql.current-catalog": "lab",
        "sql.current-database": "main",
        "sql.tables.initial-offset-from": "a-stopped-predecessor-is-never-started-again",
      },
      stopped: true,
      lifecycle: { ignore_changes: ["properties"] },
      depends_on: [...roles, "confluent_flink_statement.Copy_V3"],
    });
    expect(locals).toEqual({
      Copy_Current: "${try(var.memory.current, null)}",
      Copy_From: `\${(local.Copy_Current == "${v3}") ? try(var.memory.from, null) : local.Copy_Current}`,
      Copy_At: `\${(local.Copy_Current == "${v3}") ? coalesce(try(var.memory.at, null), var.now) : var.now}`,
      Copy_PredecessorIsKept: '${(timecmp(timeadd(local.Copy_At, "600h"), var.now) == 1)}',
      Copy_Running: `\${coalesce(local.Copy_Current, "${v3}")}`,
    });
    expect(resource?.["confluent_flink_statement"]).toEqual({
      Copy_V1: older(1, v1),
      Copy_V2: older(2, v2),
      Copy_V3: {
        provider: "confluent.flink",
        count: 1,
        stopped: false,
        statement_name: v3,
        statement: `${files["v3.sql"]}\n-- ${v3}`,
        properties:
          '${merge({"sql.current-catalog" = "lab", "sql.current-database" = "main"}, (local.Copy_From == null) ? tomap({}) : tomap({"sql.tables.initial-offset-from" = local.Copy_From}))}',
        lifecycle: {
          precondition: [
            {
              condition: `\${contains(["${names.join('", "')}"], local.Copy_Running)}`,
              error_message: `${directory}: the statement \${local.Copy_Running} runs, and no version here makes it. What runs is never edited or removed, and its properties, principal and pool stay as they are: put them back, and write what is new as the next version; or give its offsets up with a restart.`,
            },
          ],
        },
        depends_on: roles,
      },
    });
  });

  test("remembers last which version runs, whom it followed and since when", () => {
    const { stack, statement } = carried();
    expect(withoutHashes(synth(stack)).output).toEqual({
      Memory_Remembered: {
        value: {
          current: statement.statementName,
          from: "${local.Copy_From}",
          at: "${local.Copy_At}",
        },
        depends_on: ["Copy_V3", "Copy_V2", "Copy_V1"].map(
          (id) => `\${confluent_flink_statement.${id}}`,
        ),
      },
    });
  });

  test("the first version waits for nobody", () => {
    const { stack, statement } = carried({ files: { "v1.sql": SQL } });
    expect(resourcesOf(synth(stack), "confluent_flink_statement")).toHaveLength(1);
    expect(statement.resources).toHaveLength(1);
  });

  test.each([
    [
      "GROUP BY",
      "INSERT INTO b (x) SELECT count(*)\nFROM a GROUP BY x",
      "COUNT() in line 1, GROUP BY in line 2",
    ],
    ["JOIN", "INSERT INTO b (x) SELECT x FROM a JOIN b ON TRUE", "JOIN in line 1"],
  ])("fails for a statement with state: %s", (_, sql, reasons) => {
    expect(() => carried({ files: { "v1.sql": sql } })).toThrow(
      `v1.sql must keep no state for Evolution.carryOver, which hands over offsets and no state: choose Evolution.recreate, Evolution.blueGreen or a FlinkMaterializedTable, got ${reasons}`,
    );
  });

  test("fails for what has no offsets", () => {
    const sql = "CREATE TABLE IF NOT EXISTS b (x INT) DISTRIBUTED BY (x) INTO 1 BUCKETS";
    expect(() => carried({ files: { "v1.sql": sql } })).toThrow(
      "v1.sql must be an INSERT or a statement set for Evolution.carryOver, which hands over offsets: choose Evolution.recreate, got create-table",
    );
  });

  test("a version that restarts takes nothing over, from whatever runs, and says where it begins", () => {
    const restarted = (version: number) => carried({}, { restart: { version, reads: "latest" } });
    const { resource, locals } = withoutHashes(synth(restarted(3).stack));
    const statements = resource?.["confluent_flink_statement"] ?? {};
    expect(locals?.["Copy_From"]).toMatch(/\? try\(var\.memory\.from, null\) : null}$/);
    expect(statements["Copy_V3"]?.["properties"]).toContain(
      '"sql.tables.scan.startup.mode" = "latest-offset"',
    );
    expect(statements["Copy_V3"]).not.toHaveProperty("lifecycle");
    // Of a version that is no longer the newest, nothing but its name remembers it.
    const later = withoutHashes(synth(restarted(2).stack));
    expect(later.resource?.["confluent_flink_statement"]?.["Copy_V3"]).toHaveProperty("lifecycle");
    expect(() => restarted(4)).toThrow(
      /Evolution\.carryOver must restart a version that .*pipeline holds, up to 3, got 4/,
    );
  });

  test("only the newest version must keep today's rules: the others cannot be edited", () => {
    const old = "INSERT INTO b SELECT x FROM a";
    expect(() => carried({ files: { "v1.sql": old, "v2.sql": SQL } })).not.toThrow();
    expect(() => carried({ files: { "v1.sql": SQL, "v2.sql": old } })).toThrow(
      "v2.sql:1 must list the columns",
    );
  });
});
