import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { changedFiles, CHECKSUMS, checksums } from "../../python/compile/checksums";
import { compiledDirectory, compiledPipelines } from "../../python/compile/pipelines";
import { tableSchemas } from "../../python/compile/schemas";
import { projectDirectory } from "../../python/lists";

const project = projectDirectory();
const read = (...path: string[]): string => readFileSync(join(project, ...path), "utf8");

interface Manifest {
  readonly sources: readonly string[];
  readonly sinks: Readonly<Record<string, { readonly columns: readonly string[] }>>;
}

/** The tables that a statement reads, each as often as it does. */
function reads(sql: string): readonly string[] {
  return [...sql.matchAll(/\bFROM `([^`]+)`/g)].map(([, table = ""]) => table).sort();
}

/** The columns that a statement lists for its sink. */
function written(sql: string): readonly string[] {
  const [, list = ""] = /^INSERT INTO `[^`]+` \(\n([^)]*)\n\)\nSELECT\n/.exec(sql) ?? [];
  return [...list.matchAll(/`([^`]+)`/g)].map(([, column = ""]) => column);
}

/** What the outermost SELECT calls its columns. */
function selected(sql: string): readonly string[] {
  const [, list = ""] = /\nSELECT\n([^]*?)\nFROM \(\n/.exec(sql) ?? [];
  return list.split(",\n").map((item) => /`([^`]+)`$/.exec(item)?.[1] ?? item);
}

test("the golden SQL is what the transforms gave, with these schemas and this plugin", () => {
  // Anything else: npm run pipelines:compile
  expect(changedFiles(read(CHECKSUMS), checksums(project))).toEqual([]);
});

describe.each(compiledPipelines(project).map(({ name }) => name))("pipeline %s", (name) => {
  const { sources, sinks } = JSON.parse(read("pipelines", name, "pipeline.json")) as Manifest;
  const text = (sink: string): string => read(compiledDirectory(name), `${sink}.sql`);

  test("has golden SQL for each of its sinks and no other", () => {
    const files = readdirSync(join(project, compiledDirectory(name)));

    expect(files.sort()).toEqual(Object.keys(sinks).map((sink) => `${sink}.sql`));
  });

  test("H-01: reads each of its sources once", () => {
    expect(
      Object.keys(sinks)
        .flatMap((sink) => reads(text(sink)))
        .sort(),
    ).toEqual([...sources].sort());
  });

  test.each(Object.entries(sinks))(
    "H-02: writes %s in the order of its columns",
    (sink, { columns }) => {
      const { fields } = JSON.parse(read(tableSchemas(project, sink).value)) as {
        fields: readonly { name: string }[];
      };

      expect(columns).toEqual(fields.map(({ name }) => name));
      expect(written(text(sink))).toEqual(columns);
      expect(selected(text(sink))).toEqual(columns);
    },
  );

  test.each(Object.keys(sinks))("names no place, so that %s is the same everywhere", (sink) => {
    expect(text(sink)).toMatch(new RegExp(`^INSERT INTO \`${sink}\` \\(`));
    expect(text(sink)).not.toMatch(/`\.`(tables|pipelines)`|;\s*$/);
  });
});

test("H-01: a text that reads one airline twice and the other never is told apart", () => {
  const sql = read(compiledDirectory("flight_consolidator"), "flight_avro.sql");

  expect(reads(sql.replace("sunset_avro", "skyone_avro"))).toEqual(["skyone_avro", "skyone_avro"]);
});

test("H-02: so is one with its columns in the sources' order", () => {
  const sql = read(compiledDirectory("flight_consolidator"), "flight_avro.sql");
  const shifted = sql.replace(
    /(SELECT\n)( {4}\S+,\n)( {4}\S+,\n)/,
    (_, select: string, first: string, second: string) => select + second + first,
  );

  expect(selected(shifted)).not.toEqual(selected(sql));
  expect(written(shifted)).toEqual(written(sql));
});

test("there is no Terraform among the pipelines", () => {
  const files = readdirSync(join(project, "pipelines"), { recursive: true, encoding: "utf8" });

  expect(files.filter((file) => /\.tf(\.json)?$/.test(file))).toEqual([]);
  expect(existsSync(join(project, "pipelines", "flight_consolidator", "transform.py"))).toBe(true);
});
