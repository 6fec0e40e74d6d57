import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { projectRoot } from "../../../../sandbox/provider/project-root";

const SOURCES = join("sandbox", "provider");

/**
 * The program as Terraform would start it, compiled from the sources as they are now: a test of a
 * process never meets a build that is older than what it tests.
 *
 * @returns the path of its `main.js`
 */
export function compiledProvider(): string {
  const root = projectRoot();
  const files = readdirSync(join(root, SOURCES), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const sources = files.map((file) => readFileSync(join(root, SOURCES, file), "utf8"));
  const hash = createHash("sha256").update(sources.join("\0")).digest("hex").slice(0, 16);
  // Below the project, so that its packages and its documents are found.
  const cache = join(root, "node_modules", ".cache");
  const directory = join(cache, `provider-${hash}`);
  if (!existsSync(directory)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, "provider-"));
    files.forEach((file, index) => {
      const output = join(unfinished, file.replace(/\.ts$/, ".js"));
      mkdirSync(dirname(output), { recursive: true });
      writeFileSync(output, compiled(sources[index] ?? ""));
    });
    // Another test file may have been faster.
    if (!existsSync(directory)) renameSync(unfinished, directory);
  }
  return join(directory, "main.js");
}

function compiled(source: string): string {
  const compilerOptions = {
    module: ModuleKind.CommonJS,
    target: ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  return transpileModule(source, { compilerOptions }).outputText;
}
