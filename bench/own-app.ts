import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { inSequence, measure, type Measurement } from "./measure";

/** One synthesis as the project's `app` command does it: the compiler, then the program it wrote. */
export interface OwnRun {
  readonly whole: Measurement;

  /** The program alone. */
  readonly synth: Measurement;
}

/** The triples app on this project's constructs, compiled into a folder of its own. */
export class OwnApp {
  private readonly build: string;
  private readonly tsconfig: string;

  /** @param folder an existing, empty folder. */
  constructor(
    private readonly projectRoot: string,
    folder: string,
  ) {
    this.build = join(folder, "dist");
    this.tsconfig = join(folder, "tsconfig.json");
    writeFileSync(
      this.tsconfig,
      JSON.stringify({
        extends: join(projectRoot, "bench/apps/tsconfig.json"),
        compilerOptions: {
          outDir: this.build,
          tsBuildInfoFile: join(this.build, "app.tsbuildinfo"),
        },
      }),
    );
    symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "dir");
  }

  /** The next run compiles everything. */
  forgetBuild(): void {
    rmSync(this.build, { recursive: true, force: true });
    mkdirSync(this.build);
  }

  run(triples: number, outdir: string): OwnRun {
    const tsc = join(this.projectRoot, "node_modules/typescript/bin/tsc");
    const compile = measure(tsc, ["--build", this.tsconfig], this.projectRoot);
    const synth = this.synth(triples, outdir);
    return { whole: inSequence(compile, synth), synth };
  }

  /** Runs the program that an earlier run compiled. */
  synth(triples: number, outdir: string): Measurement {
    const app = join(this.build, "bench/apps/triples-app.js");
    return measure(app, [String(triples), outdir], this.projectRoot);
  }
}
