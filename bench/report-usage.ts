/** Preloaded into a measured process: writes what it used, as JSON, to file descriptor 3 when it ends. */
import { writeSync } from "node:fs";

/** Of a whole process, its children left out. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage: Usage = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1_000_000,
    peakMebibytes: maxRSS / 1024,
  };
  writeSync(3, JSON.stringify(usage));
});
