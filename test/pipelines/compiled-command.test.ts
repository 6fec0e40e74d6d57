import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { changedFiles, CHECKSUMS, checksums } from "../../python/compile/checksums";
import { goldenDiff, writeGolden } from "../../python/compile/golden";
import { compiledPipelines } from "../../python/compile/pipelines";
import { tableSchemas } from "../../python/compile/schemas";
import { temporaryDirectory, writeFiles } from "../support/temporary-directory";

const record = (name: string, ...fields: string[]): string =>
  JSON.stringify({ type: "record", namespace: "n", name, fields });

const golden = new Map([["pipelines/p/compiled/out.sql", "INSERT INTO `out` SELECT 1\n"]]);

/** A project with one pipeline, as far as compiling looks at it. */
function project(): string {
  const directory = temporaryDirectory();
  writeFiles(directory, {
    "functions/flink-deployer/src/flink_deployer/engines/sql_text.py": "layout",
    "python/table-api.txt": "confluent-pyflink==2.3.3",
    "pipelines/p/transform.py": "def transform(tables): ...",
    "pipelines/p/pipeline.json": JSON.stringify({ sources: ["in"], sinks: { out: {} } }),
    "pipelines/sql_only/v1.sql": "INSERT INTO x SELECT 1",
    "pipelines/schemas/in.avsc": record("In", "a", "b"),
    "pipelines/schemas/registered/in-value/1.avsc": record("Older"),
    "pipelines/schemas/registered/in-value/2.avsc": record("In", "a"),
    "pipelines/schemas/registered/in-value/10.avsc": record("In", "a"),
    "pipelines/schemas/registered/out-value/1.schema.json": "{}",
    "pipelines/schemas/registered/out-key/1.avsc": record("Key"),
  });
  return directory;
}

test("pipelines with a transform are compiled, others are not", () => {
  expect(compiledPipelines(project())).toEqual([{ name: "p", tables: ["in", "out"] }]);
});

test("a table has the schema that its newest version is about, as it is now", () => {
  const directory = project();

  expect(tableSchemas(directory, "in")).toEqual({ value: "pipelines/schemas/in.avsc" });
  expect(tableSchemas(directory, "out")).toEqual({
    value: "pipelines/schemas/registered/out-value/1.schema.json",
    key: "pipelines/schemas/registered/out-key/1.avsc",
  });
});

test("a table without a schema is named, with the remedy", () => {
  expect(() => tableSchemas(project(), "lost")).toThrow(
    "table lost has no schema: add pipelines/schemas/registered/lost-value/1.avsc, or correct the pipeline.json that names the table",
  );
});

describe("checksums", () => {
  test.each([
    ["the transform", "pipelines/p/transform.py"],
    ["its manifest", "pipelines/p/pipeline.json"],
    ["a schema", "pipelines/schemas/in.avsc"],
    ["the plugin's version", "python/table-api.txt"],
    ["the layout of the text", "functions/flink-deployer/src/flink_deployer/engines/sql_text.py"],
    ["the text itself", "pipelines/p/compiled/out.sql"],
  ])("tell when %s is another", (_, file) => {
    const directory = project();
    writeGolden(directory, golden);
    const kept = readFileSync(join(directory, CHECKSUMS), "utf8");
    expect(changedFiles(kept, checksums(directory))).toEqual([]);

    writeFileSync(join(directory, file), `${readFileSync(join(directory, file), "utf8")} `);

    expect(changedFiles(kept, checksums(directory))).toEqual([file]);
  });

  test("tell when a file is new", () => {
    const directory = project();
    writeGolden(directory, golden);
    const kept = readFileSync(join(directory, CHECKSUMS), "utf8");

    writeFiles(directory, { "pipelines/p/windows.py": "" });

    expect(changedFiles(kept, checksums(directory))).toEqual(["pipelines/p/windows.py"]);
  });
});

test("writing removes what no sink has any more", () => {
  const directory = project();
  writeFiles(directory, { "pipelines/p/compiled/old.sql": "INSERT INTO `old` SELECT 1" });

  writeGolden(directory, golden);

  expect(existsSync(join(directory, "pipelines/p/compiled/old.sql"))).toBe(false);
  expect(goldenDiff(directory, golden, temporaryDirectory())).toBe("");
});

test("the difference shows what is another, new or too much", () => {
  const directory = project();
  writeGolden(directory, golden);
  const other = new Map([
    ["pipelines/p/compiled/out.sql", "INSERT INTO `out` SELECT 2\n"],
    ["pipelines/p/compiled/more.sql", "INSERT INTO `more` SELECT 3\n"],
  ]);
  writeFiles(directory, { "pipelines/p/compiled/old.sql": "INSERT INTO `old` SELECT 0\n" });

  const difference = goldenDiff(directory, other, temporaryDirectory());

  expect(difference.split("\n").filter((line) => /^[+-](?![+-])/.test(line))).toEqual([
    "+INSERT INTO `more` SELECT 3",
    "-INSERT INTO `old` SELECT 0",
    "-INSERT INTO `out` SELECT 1",
    "+INSERT INTO `out` SELECT 2",
  ]);
});
