/**
 * What cdktf runs in place of Terraform (`TERRAFORM_BINARY_NAME`): runs the real one under supervision.
 *
 * It relays signals, records the outcome, exits with 128 + n when signal n ended Terraform (of which cdktf makes a success), and
 * stops Terraform gracefully when the delivery process or cdktf has gone, so that neither leaves an orphan behind.
 *
 * Usage: terraform-shim.js <terraform> <record file> <delivery process as JSON> <Terraform's arguments…>
 */
import { existsSync } from "node:fs";

import { Interruption } from "./interruption";
import { isProcessIdentity, isRunning, type ProcessIdentity } from "./process-table";
import { exitCodeOfSignal, STOP_SIGNALS } from "./signals";
import { beginTerraformRun, type TerraformCommand, TerraformProcess } from "./terraform-process";
import { recordTerraformRun, stopMarkerOf } from "./terraform-record";
import { messageOf } from "./user-error";

/** How often to look whether the delivery process and cdktf still run. */
const WATCH_MILLISECONDS = 500;

/** An orphan gets another parent. */
const cdktf = process.ppid;

async function superviseTerraform(
  command: TerraformCommand,
  owner: ProcessIdentity,
): Promise<number> {
  const interruption = new Interruption();
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      interruption.request(signal); // the delivery process has dropped echoes
    });
  }
  // Whoever has gone cannot have asked twice: a Terraform that is stopping already is left to save its state.
  const stopOnce = (): void => {
    if (!interruption.signal) interruption.request("SIGINT");
  };
  process.on("SIGHUP", stopOnce); // the pseudo-terminal closes when cdktf dies

  // The record is written before the marker is looked for, and the other way round where the marker is written
  // (supervision.ts): so one of the two sees the other.
  const run = beginTerraformRun(command);
  if (existsSync(stopMarkerOf(command.recordFile)) || !isRunning(owner)) stopOnce();
  if (interruption.signal) {
    const exitCode = exitCodeOfSignal(interruption.signal);
    recordTerraformRun(command.recordFile, { ...run, outcome: { exitCode } });
    return exitCode;
  }
  const terraform = new TerraformProcess(command, run);
  interruption.onRequest((signal) => {
    terraform.relay(signal);
  });
  const watch = setInterval(() => {
    if (!isRunning(owner) || process.ppid !== cdktf) stopOnce();
  }, WATCH_MILLISECONDS);
  const { exitCode } = await terraform.ended;
  clearInterval(watch);
  return exitCode;
}

const [terraform, recordFile, ownerJson, ...args] = process.argv.slice(2);
const owner: unknown = JSON.parse(ownerJson ?? "null");
if (terraform === undefined || recordFile === undefined || !isProcessIdentity(owner)) {
  throw new Error(
    "usage: terraform-shim <terraform> <record file> <delivery process as JSON> <arguments…>",
  );
}
const command: TerraformCommand = {
  terraform,
  arguments: args,
  directory: process.cwd(),
  environment: process.env,
  recordFile,
  stdio: "inherit",
};
superviseTerraform(command, owner).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  },
);
