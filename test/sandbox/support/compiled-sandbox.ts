import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

import { projectRoot } from "../../../sandbox/provider/project-root";

const SOURCES = ["delivery", "sandbox"];

/**
 * The sandbox's programs compiled from the sources as they are now, for tests of processes: the command line, the keeper, and
 * whatever loads ES modules, which jest cannot.
 *
 * @returns a directory with `sandbox/` and `delivery/`
 */
export function compiledSandbox(): string {
  const root = projectRoot();
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file)),
  ).sort();
  const sources = files.map((file) => readFileSync(join(root, file), "utf8"));
  const hash = createHash("sha256").update(sources.join("\0")).digest("hex").slice(0, 16);
  // Below the project, so that its packages and its documents are found.
  const cache = join(root, "node_modules", ".cache");
  const directory = join(cache, `sandbox-${hash}`);
  if (!existsSync(directory)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, "sandbox-"));
    files.forEach((file, index) => {
      const output = join(unfinished, file.replace(/\.ts$/, ".js"));
      mkdirSync(dirname(output), { recursive: true });
      writeFileSync(output, compiled(sources[index] ?? ""));
    });
    try {
      renameSync(unfinished, directory);
    } catch {
      rmSync(unfinished, { recursive: true }); // another test file was faster
    }
  }
  return directory;
}

function compiled(source: string): string {
  const compilerOptions = {
    module: ModuleKind.Node20, // keeps `import()`
    target: ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  return transpileModule(source, { compilerOptions, fileName: "source.cts" }).outputText;
}
