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

const project = join(__dirname, "..", "..", "..");

/** The delivery programs, and the fake ones they work with. */
export interface Programs {
  /** The command line, which finds the fake cdktf in the real one's place. */
  readonly main: string;
  readonly shim: string;
  /** What programs are run with. */
  readonly program: string;
  /** An executable in Terraform's place. */
  readonly terraform: string;
  readonly cdktf: string;
}

/** Source files by the place of what is compiled from them. */
type Sources = Readonly<Record<string, string>>;

/**
 * Compiles the programs from the sources as they are now, so that a test never meets an older build; types are checked by
 * the project's own check. Below the project, so that its packages are found.
 */
export function compiledPrograms(): Programs {
  const sources: Sources = {
    ...sourcesIn(join(project, "delivery"), "delivery", /\.ts$/),
    ...sourcesIn(__dirname, "fakes", /^fake-.*\.ts$/),
  };
  const hash = createHash("sha256")
    .update(readFileSync(__filename))
    .update(JSON.stringify(sources));
  const cache = join(project, "node_modules", ".cache");
  const directory = join(cache, `delivery-${hash.digest("hex").slice(0, 16)}`);
  if (!existsSync(directory)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, "delivery-"));
    writePrograms(unfinished, sources);
    // Another test file may have been faster.
    if (!existsSync(directory)) renameSync(unfinished, directory);
  }
  return {
    main: join(directory, "delivery", "main.js"),
    shim: join(directory, "delivery", "terraform-shim.js"),
    program: join(directory, "delivery", "program.js"),
    terraform: join(directory, "fakes", "terraform"),
    cdktf: join(directory, "fakes", "fake-cdktf.js"),
  };
}

function sourcesIn(directory: string, target: string, names: RegExp): Sources {
  const files = readdirSync(directory).filter((name) => names.test(name));
  return Object.fromEntries(
    files.map((name) => [
      join(target, name.replace(/ts$/, "js")),
      readFileSync(join(directory, name), "utf8"),
    ]),
  );
}

function writePrograms(directory: string, sources: Sources): void {
  // Loaded only here: it takes longer than most tests.
  const { ModuleKind, ScriptTarget, transpileModule } =
    jest.requireActual<typeof import("typescript")>("typescript");
  const compilerOptions = {
    module: ModuleKind.CommonJS,
    target: ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  for (const [target, source] of Object.entries(sources)) {
    write(join(directory, target), transpileModule(source, { compilerOptions }).outputText);
  }
  write(
    join(directory, "node_modules/cdktf-cli/bundle/bin/cdktf.js"),
    `require("../../../../fakes/fake-cdktf.js");\n`,
  );
  write(
    join(directory, "fakes/terraform"),
    `#!/bin/sh\nexec '${process.execPath}' "\${0%/*}/fake-terraform.js" "$@"\n`,
  );
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o755 });
}
