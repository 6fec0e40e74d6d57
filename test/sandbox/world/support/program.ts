import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

const project = join(__dirname, "..", "..", "..", "..");

/**
 * Compiles the world without checking types, which the project's own check does, into a directory of its own.
 *
 * @returns the program's main file, and the environment that it finds its dependencies with
 */
export function compileWorld(): { readonly main: string; readonly env: NodeJS.ProcessEnv } {
  const directory = mkdtempSync(join(tmpdir(), "world-program-"));
  const sources = readdirSync(join(project, "sandbox/world"), {
    recursive: true,
    encoding: "utf8",
  });
  for (const source of sources.filter((name) => name.endsWith(".ts"))) {
    const { outputText } = transpileModule(
      readFileSync(join(project, "sandbox/world", source), "utf8"),
      {
        compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
      },
    );
    const target = join(directory, source.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  const env = { ...process.env, NODE_PATH: join(project, "node_modules") };
  return { main: join(directory, "main.js"), env };
}
