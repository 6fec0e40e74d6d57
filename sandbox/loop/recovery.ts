import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { isRunning } from "../../delivery/process-table";
import { RunDirectory, type SandboxDirectory } from "../run/directories";
import { endProcessesOfRun } from "../run/run-processes";
import { readRunRecord, writeRunRecord } from "../run/run-record";

/** How many one-command runs keep their files, for somebody who wants to look into them. */
const KEPT_RUNS = 3;

/**
 * Clears up after one-command runs that were cut off (killed, power lost): ends what is left of their processes. Their
 * files stay, except those of all but the last few runs. To be called under the lock.
 *
 * @returns what was found, one line each
 */
export async function recoverFromEarlierRuns(
  directory: SandboxDirectory,
): Promise<readonly string[]> {
  if (!existsSync(directory.runs)) return [];
  const found: string[] = [];
  const names = readdirSync(directory.runs).sort();
  for (const name of names) {
    const run = new RunDirectory(join(directory.runs, name));
    const record = readRunRecord(run);
    if (!record || record.ended || isRunning(record.owner)) continue;
    const processes = await endProcessesOfRun(record.nonce);
    writeRunRecord(run, { ...record, ended: true });
    const ended = processes.map(({ program, pid }) => `${program} ${pid}`).join(", ");
    found.push(
      `an earlier run (${record.startedAt}) was cut off; ` +
        `${ended === "" ? "none of its processes is left" : `ended its processes ${ended}`}; its files are in ${run.path}`,
    );
  }
  for (const name of names.slice(0, -KEPT_RUNS)) {
    rmSync(join(directory.runs, name), { recursive: true, force: true });
  }
  return found;
}
