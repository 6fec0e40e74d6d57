import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { measure, type Measurement } from "./measure";

/**
 * The triples app as `cdktf init --template=typescript` would have it run: ts-node, which checks types at every
 * start, and the bindings' barrels. Lives in a folder of its own, for neither is installed in this project.
 */
export class StockApp {
  /** Copies the set-up into `folder` and installs its tools there, from the package registry or npm's cache. */
  constructor(
    private readonly projectRoot: string,
    private readonly folder: string,
  ) {
    cpSync(join(projectRoot, "bench/stock"), folder, { recursive: true });
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    mkdirSync(join(folder, "node_modules/@cdktf"));
    for (const name of ["cdktf", "constructs", "@cdktf/provider-aws"]) {
      symlinkSync(this.installed(name), join(folder, "node_modules", name), "dir");
    }
    this.addBarrel("@cdktf/provider-confluent");
  }

  run(triples: number, outdir: string): Measurement {
    const tsNode = join(this.folder, "node_modules/ts-node/dist/bin.js");
    const app = join(this.folder, "main.ts");
    return measure(tsNode, [app, String(triples), outdir], this.projectRoot);
  }

  private installed(name: string): string {
    return join(this.projectRoot, "node_modules", name);
  }

  /** Gives a package that this project uses without a barrel the one that a published provider has. */
  private addBarrel(name: string): void {
    const library = join(this.installed(name), "lib");
    const target = join(this.folder, "node_modules", name);
    const modules = readdirSync(library, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    mkdirSync(join(target, "lib"), { recursive: true });
    for (const module of modules) {
      symlinkSync(join(library, module), join(target, "lib", module), "dir");
    }
    const lines = (line: (module: string) => string): string => modules.map(line).join("\n");
    writeFileSync(
      join(target, "package.json"),
      JSON.stringify({ name, main: "lib/index.js", types: "lib/index.d.ts" }),
    );
    writeFileSync(
      join(target, "lib/index.d.ts"),
      lines((module) => `export * as ${camelCase(module)} from "./${module}";`),
    );
    writeFileSync(
      join(target, "lib/index.js"),
      lines((module) => `exports.${camelCase(module)} = require("./${module}");`),
    );
  }
}

function camelCase(kebabCase: string): string {
  return kebabCase.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
