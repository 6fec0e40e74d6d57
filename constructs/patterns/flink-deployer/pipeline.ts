import { basename } from "node:path";

import type { IConstruct } from "constructs";

import { ValidationError } from "../../core/errors";
import { digestOf, readTree, type TreeFile } from "../../core/file-tree";
import { validate } from "../../core/validation";

/**
 * How a transform becomes the text of a statement: `compiled` when the pull request was made, where it can be reviewed, or
 * by the `table-api` in the function, against the tables as they are.
 */
export type FlinkEngine = "compiled" | "table-api";

/** A table that a pipeline fills. */
export interface PipelineSink {
  readonly name: string;

  /** In the table's order: a statement inserts by place. */
  readonly columns: readonly string[];

  /** Whether the statement remembers anything between two records. */
  readonly state: "stateless" | "stateful";
}

/** A transform as far as a deployment needs to know it. */
export interface Pipeline {
  /** The directory's own name. */
  readonly name: string;
  readonly sources: readonly string[];
  readonly sinks: readonly PipelineSink[];

  /** What the function needs of it, by path in the directory. */
  readonly files: readonly TreeFile[];

  /** Of the files. Another digest is another statement. */
  readonly digest: string;
}

const MANIFEST = "pipeline.json";

/** What an engine reads, and so what makes its statements. */
const READS: Readonly<Record<FlinkEngine, (path: string) => boolean>> = {
  compiled: (path) => path === MANIFEST || /^compiled\/[^/]+\.sql$/.test(path),
  "table-api": (path) => path === MANIFEST || path.endsWith(".py"),
};

/**
 * Reads a pipeline's directory: `pipeline.json` says what it reads and writes.
 *
 * @throws ValidationError when something is missing, or is not what the engine takes
 */
export function readPipeline(scope: IConstruct, directory: string, engine: FlinkEngine): Pipeline {
  const files = readTree(scope, directory, READS[engine]);
  const manifest = files.find(({ path }) => path === MANIFEST);
  if (manifest === undefined) {
    throw new ValidationError(scope, [`${directory} must hold ${MANIFEST}, got none`]);
  }
  const { sources, sinks } = parseManifest(
    scope,
    `${directory}/${MANIFEST}`,
    manifest.content.toString("utf8"),
  );
  const needed =
    engine === "compiled" ? sinks.map(({ name }) => `compiled/${name}.sql`) : ["transform.py"];
  const missing = needed.filter((path) => !files.some((file) => file.path === path));
  validate(scope, [
    [
      missing.length > 0,
      `${directory} must hold ${missing.join(" and ")} for the engine ${engine}${engine === "compiled" ? ": run npm run pipelines:compile" : ""}, got ${files.map(({ path }) => path).join(", ")}`,
    ],
  ]);
  return { name: basename(directory), sources, sinks, files, digest: digestOf(files) };
}

function parseManifest(
  scope: IConstruct,
  file: string,
  text: string,
): Pick<Pipeline, "sources" | "sinks"> {
  const manifest = parseJson(scope, file, text);
  const { sources, sinks, ...others } = isObject(manifest) ? manifest : {};
  const named = isObject(sinks) ? Object.entries(sinks) : [];
  const parsed = named.map(([name, sink]) => sinkOf(name, sink));
  const read = isNames(sources) ? sources : [];
  validate(scope, [
    [
      read.length === 0,
      `${file}: sources must be the names of tables, each once, got ${JSON.stringify(sources)}`,
    ],
    [
      parsed.length === 0 || parsed.includes(undefined),
      `${file}: sinks must say of each table its columns, each once, and whether its state is "stateless" or "stateful", got ${JSON.stringify(sinks)}`,
    ],
    [
      Object.keys(others).length > 0,
      `${file} must hold sources and sinks only, got ${Object.keys(others).join(", ")}`,
    ],
  ]);
  return { sources: read, sinks: parsed.filter((sink) => sink !== undefined) };
}

function sinkOf(name: string, sink: unknown): PipelineSink | undefined {
  const { columns, state, ...others } = isObject(sink) ? sink : {};
  return isNames(columns) &&
    (state === "stateless" || state === "stateful") &&
    Object.keys(others).length === 0
    ? { name, columns, state }
    : undefined;
}

function parseJson(scope: IConstruct, file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ValidationError(scope, [`${file} must be JSON: ${String(error)}`]);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((name) => typeof name === "string" && name !== "") &&
    new Set(value).size === value.length
  );
}
