import { spawnSync } from "node:child_process";
import { join } from "node:path";

import type { Usage } from "./report-usage";

/** What it took to run one process, or several one after the other; the peak is that of the largest. */
export interface Measurement extends Usage {
  /** Wall-clock time. */
  readonly seconds: number;
}

/**
 * Runs a script under Node and measures the whole process, its start and end included.
 *
 * @throws Error with the script's output when it fails.
 */
export function measure(script: string, args: readonly string[], cwd: string): Measurement {
  const preload = join(__dirname, "report-usage.js");
  const start = performance.now();
  const child = spawnSync(process.execPath, ["--require", preload, script, ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const seconds = (performance.now() - start) / 1000;
  if (child.status !== 0) {
    const cause = child.error?.message ?? child.signal ?? `exit code ${child.status ?? "unknown"}`;
    throw new Error(`${script} failed (${cause}):\n${child.stdout}${child.stderr}`);
  }
  return { seconds, ...(JSON.parse(child.output[3] ?? "") as Usage) };
}

/** The measurement of two processes that run one after the other. */
export function inSequence(first: Measurement, second: Measurement): Measurement {
  return {
    seconds: first.seconds + second.seconds,
    cpuSeconds: first.cpuSeconds + second.cpuSeconds,
    peakMebibytes: Math.max(first.peakMebibytes, second.peakMebibytes),
  };
}

/** The run that other work on the machine disturbed least. */
export function fastest(runs: readonly Measurement[]): Measurement {
  return runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));
}
