import { readdirSync } from "node:fs";
import { join } from "node:path";

import { isRunning, waitUntil } from "../../delivery/process-table";
import { readTerraformRuns, type TerraformRun } from "../../delivery/terraform-record";
import type { RunDirectory } from "../run/directories";

/** A Terraform without its command finishes the resource in hand and saves its state; what takes longer hangs. */
const PATIENCE_MILLISECONDS = 120_000;

/**
 * Waits for the Terraform of commands that were killed: it is being stopped gracefully, and holds its state's lock meanwhile.
 * @param onWait told once when there is something to wait for
 */
export async function waitForEarlierTerraform(
  { logs }: RunDirectory,
  onWait: () => void,
): Promise<void> {
  const records = readdirSync(logs).filter((file) => file.endsWith(".terraform.ndjson"));
  const isOver = (): boolean =>
    !records.flatMap((file) => readTerraformRuns(join(logs, file))).some(isBusy);
  if (isOver()) return;
  onWait();
  await waitUntil(isOver, PATIENCE_MILLISECONDS);
}

function isBusy({ outcome, supervisor, process }: TerraformRun): boolean {
  if (outcome !== undefined) return false;
  return isRunning(supervisor) || (process !== undefined && isRunning(process));
}
