import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A pipeline with a transform, as far as compiling it goes. */
export interface CompiledPipeline {
  readonly name: string;
  /** The tables that it reads and writes. */
  readonly tables: readonly string[];
}

/** The directory of a pipeline's golden SQL, seen from the project's. */
export function compiledDirectory(name: string): string {
  return join("pipelines", name, "compiled");
}

/** The pipelines of a project that have a transform, sorted by name. */
export function compiledPipelines(project: string): readonly CompiledPipeline[] {
  const directory = join(project, "pipelines");
  return readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, "transform.py")))
    .sort()
    .map((name) => ({ name, tables: tablesOf(join(directory, name, "pipeline.json")) }));
}

function tablesOf(manifest: string): readonly string[] {
  const { sources, sinks } = JSON.parse(readFileSync(manifest, "utf8")) as {
    sources: readonly string[];
    sinks: Readonly<Record<string, unknown>>;
  };
  return [...sources, ...Object.keys(sinks)];
}
