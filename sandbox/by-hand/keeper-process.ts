import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { identify, isRunning, waitUntil } from "../../delivery/process-table";
import { UserError } from "../../delivery/user-error";
import { endProcessesOfRun } from "../run/run-processes";
import { readRunRecord, type RunRecord } from "../run/run-record";
import { RUN_VARIABLE } from "../terraform/terraform-environment";
import type { ImagePackages } from "../services/services";
import type { Workspace } from "../run/workspace";

/** Both services have timeouts of their own, which say more; this one only ends the waiting. */
const START_MILLISECONDS = 180_000;

/**
 * Starts a keeper that outlives the calling process, and waits for the run record it writes when its services answer.
 * @throws UserError with what it said when it does not come up
 */
export async function startKeeper(
  { run, nonce, interruption }: Workspace,
  python: string,
  packages?: ImagePackages,
): Promise<RunRecord> {
  const logFile = join(run.logs, "keeper.log");
  const log = openSync(logFile, "a");
  const images = packages ? [packages.python, packages.javaHome] : [];
  const args = [join(__dirname, "keeper.js"), run.path, nonce, python, ...images];
  const child = spawn(process.execPath, args, {
    detached: true,
    env: { ...process.env, [RUN_VARIABLE]: nonce },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  const keeper = child.pid === undefined ? undefined : identify(child.pid);
  const ignoreSignals = interruption.onRequest(() => void endProcessesOfRun(nonce));
  const isDone = (): boolean => !keeper || !isRunning(keeper) || readRunRecord(run) !== undefined;
  await waitUntil(isDone, START_MILLISECONDS);
  ignoreSignals();
  const record = readRunRecord(run);
  if (!record || interruption.signal) {
    await endProcessesOfRun(nonce);
    interruption.throwIfRequested("the sandbox was up");
    throw new UserError(
      `the sandbox did not come up:\n${readFileSync(logFile, "utf8").trimEnd()}\nlog: ${logFile}`,
    );
  }
  return record;
}
