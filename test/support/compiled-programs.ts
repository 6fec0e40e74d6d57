import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../sandbox/provider/project-root";
import { writeFiles } from "./temporary-directory";

/** Texts by where they go: TypeScript is compiled, anything else is written as it is. */
export type ProgramFiles = Readonly<Record<string, string>>;

/** After how many milliseconds without use a compiled folder is removed; a day is longer than any test run. */
const KEPT = 24 * 60 * 60 * 1000;

/**
 * One of the project's programs or modules, for tests of processes and for what loads ES modules, which jest cannot. All are
 * compiled together, as each may start or load others.
 *
 * @param path of what is compiled, such as `sandbox/main.js`
 */
export function compiledProgram(path: string): string {
  const files = ["delivery", "python", "sandbox"].map(sourcesIn);
  return join(compiled("programs", Object.assign({}, ...files) as ProgramFiles), path);
}

/** The TypeScript files below one of the project's folders. */
export function sourcesIn(folder: string): ProgramFiles {
  const files = readdirSync(join(projectRoot(), folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file))
    .sort();
  return Object.fromEntries(
    files.map((file) => [file, readFileSync(join(projectRoot(), file), "utf8")]),
  );
}

/**
 * Compiles programs unless these very files have been compiled before, so that a test never meets an older build; types
 * are checked by the project's own check.
 *
 * @param name what the directory's name begins with
 * @returns the directory; it lies below the project, so that the project's packages and documents are found
 */
export function compiled(name: string, files: ProgramFiles): string {
  const hash = createHash("sha256").update(readFileSync(__filename)).update(JSON.stringify(files));
  const cache = join(projectRoot(), "node_modules", ".cache");
  const directory = join(cache, `${name}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(directory)) {
    utimesSync(directory, new Date(), new Date());
    return directory;
  }
  mkdirSync(cache, { recursive: true });
  removeUnused(cache, `${name}-`);
  const unfinished = mkdtempSync(join(cache, `${name}-`));
  writeFiles(unfinished, transpiled(files));
  try {
    renameSync(unfinished, directory);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(directory)) throw error; // else another test file was faster
  }
  return directory;
}

/** A folder that was used of late may be in use: by another worker, whose sources were read before they changed. */
function removeUnused(cache: string, prefix: string): void {
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(cache, name);
    const used = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - used > KEPT) rmSync(folder, { recursive: true, force: true });
  }
}

function transpiled(files: ProgramFiles): ProgramFiles {
  // Loaded only here: it takes longer than most tests.
  const { ModuleKind, ScriptTarget, transpileModule } =
    jest.requireActual<typeof import("typescript")>("typescript");
  const compilerOptions = {
    module: ModuleKind.Node20, // keeps `import()`
    target: ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => {
      if (!file.endsWith(".ts")) return [file, text];
      const { outputText } = transpileModule(text, { compilerOptions, fileName: "source.cts" });
      return [file.replace(/ts$/, "js"), outputText];
    }),
  );
}
