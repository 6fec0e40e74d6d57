import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { endProcess, isRunning, sendSignal } from "./process-table";
import type { StopSignal } from "./signals";
import { readTerraformRuns, stopMarkerOf, type TerraformRun } from "./terraform-record";

/** How long a Terraform without supervisor may take to finish the resource in hand and save its state. */
const ORPHAN_GRACE_MILLISECONDS = 120_000;

/**
 * Passes the nth stop signal to the Terraform commands of a record.
 *
 * First: no further command starts, the running one finishes its resource and saves the state. Second: Terraform gives up
 * what it is doing. Third: it is killed with its providers.
 */
export function stopTerraform(recordFile: string, signal: StopSignal, count: number): void {
  writeFileSync(stopMarkerOf(recordFile), `${signal}\n`);
  for (const run of readTerraformRuns(recordFile).filter(isUnsettled)) {
    if (count > 2 && run.process && isRunning(run.process)) sendSignal(-run.process.pid, "SIGKILL");
    else if (isRunning(run.supervisor)) sendSignal(run.supervisor.pid, signal);
  }
}

/** Waits until no process of a record runs any more; a Terraform whose supervisor was killed is stopped gracefully. */
export async function settleTerraform(recordFile: string): Promise<readonly TerraformRun[]> {
  const isSupervised = (run: TerraformRun): boolean =>
    isUnsettled(run) && isRunning(run.supervisor);
  while (readTerraformRuns(recordFile).some(isSupervised)) await delay(50);
  const runs = readTerraformRuns(recordFile);
  for (const { process } of runs.filter(isUnsettled)) {
    if (!process) continue;
    await endProcess(process, "SIGINT", ORPHAN_GRACE_MILLISECONDS);
    sendSignal(-process.pid, "SIGKILL"); // its providers
  }
  return runs;
}

function isUnsettled(run: TerraformRun): boolean {
  return run.outcome === undefined;
}
