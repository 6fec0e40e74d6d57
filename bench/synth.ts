/** `npm run bench`: time and memory of a synthesis, by the number of topics and against the stock set-up. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { fastest, type Measurement } from "./measure";
import { OwnApp } from "./own-app";
import { StockApp } from "./stock-app";
import { requireTriples } from "./synthesized";
import { table, type Row } from "./table";
import { growth, shortfalls, type SynthCost } from "./verdict";

/** Other work only ever makes a run slower, so the fastest of a few is the one to compare. */
const ROUNDS = 3;

/** Further runs a round without a compilation: small numbers of triples differ by little more than noise. */
const SYNTH_RUNS = 3;

/** All runs of this project's set-up with so many triples. */
class OwnRuns {
  private readonly first: Measurement[] = [];
  private readonly again: Measurement[] = [];
  private readonly synth: Measurement[] = [];

  constructor(readonly triples: number) {}

  add(app: OwnApp, outdir: string): void {
    for (const whole of [this.first, this.again]) {
      const run = app.run(this.triples, outdir);
      whole.push(run.whole);
      this.synth.push(run.synth);
    }
    for (let run = 0; run < SYNTH_RUNS; run += 1) {
      this.synth.push(app.synth(this.triples, outdir));
    }
    requireTriples(outdir, this.triples);
  }

  get firstBuild(): Row {
    return { setUp: "ours, first build", triples: this.triples, measured: fastest(this.first) };
  }

  get builtBefore(): Row {
    return { setUp: "ours, built before", triples: this.triples, measured: fastest(this.again) };
  }

  get synthCost(): SynthCost {
    const cpuSeconds = Math.min(...this.synth.map((run) => run.cpuSeconds));
    return { triples: this.triples, cpuSeconds };
  }
}

const projectRoot = resolve(__dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "synth-bench-"));
try {
  compare();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function compare(): void {
  const few = new OwnRuns(10);
  const some = new OwnRuns(100);
  const many = new OwnRuns(1000);
  const sizes = [few, some, many];
  const own = new OwnApp(projectRoot, scratchFolder("own"));
  const stock = new StockApp(projectRoot, scratchFolder("stock"));
  const stockRuns: Measurement[] = [];
  const outdir = scratchFolder("cdktf.out");
  // Everything in every round, so that a busy minute of the machine disturbs all alike.
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const size of sizes) {
      console.log(`round ${round} of ${ROUNDS}: this project's set-up, ${size.triples} triples`);
      own.forgetBuild();
      size.add(own, outdir);
    }
    console.log(`round ${round} of ${ROUNDS}: the stock set-up, ${many.triples} triples`);
    stockRuns.push(stock.run(many.triples, outdir));
    requireTriples(outdir, many.triples);
  }
  const stockRow = {
    setUp: "stock template",
    triples: many.triples,
    measured: fastest(stockRuns),
  };
  const rows = sizes.flatMap((size) => [size.firstBuild, size.builtBefore]);
  console.log(`\n${table([...rows, stockRow], many.builtBefore)}\n`);
  judge(
    stockRow.measured.seconds / many.builtBefore.measured.seconds,
    growth([few.synthCost, some.synthCost, many.synthCost]),
  );
}

function judge(timesFaster: number, costGrowth: number): void {
  console.log(`faster than the stock set-up: ${timesFaster.toFixed(1)} times`);
  console.log(`cost of a triple among many over that among few: ${costGrowth.toFixed(2)}`);
  for (const problem of shortfalls({ timesFaster, growth: costGrowth })) {
    console.error(problem);
    process.exitCode = 1;
  }
}

function scratchFolder(name: string): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  return folder;
}
