import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { UserError } from "../../delivery/user-error";
import { activate } from "../activation";
import { ensurePythonEnvironment } from "../environment";
import { environmentDirectory, namedEnvironment } from "../environments";
import { startGateway } from "./gateway";
import { compiledDirectory, compiledPipelines } from "./pipelines";

/** What the golden files are to hold, by their path from the project's directory. */
export type GoldenFiles = ReadonlyMap<string, string>;

/**
 * Runs every transform with the plugin, against tables that have the project's schemas.
 *
 * @param scratch a directory that the caller removes
 * @throws UserError when a transform cannot be made into a statement; the reason is on standard error
 */
export async function compilePipelines(project: string, scratch: string): Promise<GoldenFiles> {
  const pipelines = compiledPipelines(project);
  const python = await ensurePythonEnvironment(
    environmentDirectory("table-api"),
    namedEnvironment("table-api"),
    { onProgress: (line) => process.stderr.write(`${line}\n`) },
  );
  const tables = [...new Set(pipelines.flatMap((pipeline) => pipeline.tables))];
  const gateway = await startGateway(project, tables, scratch);
  try {
    const request = join(scratch, "request.json");
    const texts = join(scratch, "texts.json");
    writeFileSync(
      request,
      JSON.stringify({
        pipelines: join(project, "pipelines"),
        names: pipelines.map(({ name }) => name),
        target: gateway.target,
        credentials: gateway.credentials,
        texts,
      }),
    );
    const { status } = spawnSync(
      python,
      [join(project, "python", "compile", "render.py"), request],
      {
        stdio: ["ignore", "ignore", "inherit"],
        env: {
          ...activate(dirname(dirname(python)), process.env),
          PYTHONPATH: join(project, "functions", "flink-deployer", "src"),
          PYTHONDONTWRITEBYTECODE: "1",
          SSL_CERT_FILE: gateway.caFile,
          FLINK_LOG_DIR: scratch,
        },
      },
    );
    if (status !== 0) {
      throw new UserError("a pipeline could not be compiled: see above");
    }
    return goldenFiles(texts);
  } finally {
    await gateway.stop();
  }
}

function goldenFiles(file: string): GoldenFiles {
  const texts = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, string>>;
  return new Map(
    Object.entries(texts).flatMap(([pipeline, sinks]) =>
      Object.entries(sinks).map(([sink, text]) => [
        join(compiledDirectory(pipeline), `${sink}.sql`),
        `${text}\n`,
      ]),
    ),
  );
}
