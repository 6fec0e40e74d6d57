import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { compiledDirectory, compiledPipelines, type CompiledPipeline } from "./pipelines";
import { tableSchemas } from "./schemas";

/**
 * Where the checksums are kept, seen from the project's directory: of everything that the golden SQL was made from, and
 * of the SQL. So whether it is up to date can be told in milliseconds, without the plugin: `sha256sum -c`.
 */
export const CHECKSUMS = join("pipelines", "compiled.sha256");

/** What decides about the text besides a pipeline and its schemas: the plugin's version, and the text's layout. */
const COMMON = [
  "functions/flink-deployer/src/flink_deployer/engines/sql_text.py",
  "python/table-api.txt",
];

/** The lines `<SHA-256>  <path from the project's directory>` as they are now, sorted by path. */
export function checksums(project: string): string {
  const pipelines = compiledPipelines(project);
  const files = [...COMMON, ...pipelines.flatMap((pipeline) => filesOf(project, pipeline))];
  return [...new Set(files)]
    .sort()
    .map((file) => `${sha256(readFileSync(join(project, file)))}  ${file}\n`)
    .join("");
}

/** The files whose line is not the same in both, or only in one of them. */
export function changedFiles(kept: string, present: string): readonly string[] {
  const [before, now] = [linesOf(kept), linesOf(present)];
  const files = new Set([...before.keys(), ...now.keys()]);
  return [...files].filter((file) => before.get(file) !== now.get(file)).sort();
}

function linesOf(text: string): ReadonlyMap<string, string> {
  return new Map(text.split("\n").map((line) => [line.slice(66), line.slice(0, 64)]));
}

function filesOf(project: string, { name, tables }: CompiledPipeline): readonly string[] {
  const directory = join("pipelines", name);
  const sources = readdirSync(join(project, directory), { recursive: true, encoding: "utf8" })
    .filter((file) => file === "pipeline.json" || file.endsWith(".py"))
    .map((file) => join(directory, file));
  const compiled = compiledDirectory(name);
  const texts = (existsSync(join(project, compiled)) ? readdirSync(join(project, compiled)) : [])
    .filter((file) => file.endsWith(".sql"))
    .map((file) => join(compiled, file));
  const schemas = tables.flatMap((table) =>
    Object.values<string>({ ...tableSchemas(project, table) }),
  );
  return [...sources, ...texts, ...schemas];
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
