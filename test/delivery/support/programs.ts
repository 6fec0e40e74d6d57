import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

const project = join(__dirname, "..", "..", "..");

/** The delivery programs, compiled from the sources as they are now, and the fake ones they work with. */
export interface Programs {
  /** The command line, which finds the fake cdktf in the real one's place. */
  readonly main: string;
  readonly shim: string;
  /** An executable in Terraform's place. */
  readonly terraform: string;
  readonly cdktf: string;
  /** Where the command line finds its dependencies. */
  readonly nodePath: string;
}

/** Compiles the programs into a directory, without checking types, which the project's own check does. */
export function compilePrograms(directory: string): Programs {
  for (const name of sourcesIn(join(project, "delivery"))) {
    compile(join(project, "delivery", name), join(directory, "delivery", name));
  }
  for (const name of sourcesIn(__dirname).filter((source) => source.startsWith("fake-"))) {
    compile(join(__dirname, name), join(directory, "fakes", name));
  }
  const fake = (name: string): string => join(directory, "fakes", `fake-${name}.js`);
  write(
    join(directory, "node_modules/cdktf-cli/bundle/bin/cdktf.js"),
    `require(${JSON.stringify(fake("cdktf"))});\n`,
  );
  const terraform = join(directory, "fakes", "terraform");
  write(terraform, `#!/bin/sh\nexec '${process.execPath}' '${fake("terraform")}' "$@"\n`);
  chmodSync(terraform, 0o755);
  return {
    main: join(directory, "delivery", "main.js"),
    shim: join(directory, "delivery", "terraform-shim.js"),
    terraform,
    cdktf: fake("cdktf"),
    nodePath: join(project, "node_modules"),
  };
}

function sourcesIn(directory: string): string[] {
  return readdirSync(directory).filter((name) => name.endsWith(".ts"));
}

function compile(source: string, target: string): void {
  const { outputText } = transpileModule(readFileSync(source, "utf8"), {
    compilerOptions: {
      module: ModuleKind.CommonJS,
      target: ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  write(target.replace(/\.ts$/, ".js"), outputText);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
