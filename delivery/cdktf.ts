import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type CdktfCommand, type CdktfExit, explainFailure } from "./cdktf-verdict";
import type { DeliveryContext } from "./context";
import { terraformErrors } from "./error-excerpt";
import type { SynthesizedStack } from "./manifest";
import { ownIdentity, sendSignal } from "./process-table";
import { settleTerraform, stopTerraform } from "./supervision";
import { Interrupted, UserError } from "./user-error";

/**
 * Runs `cdktf deploy` or `cdktf destroy` for one stack of the synthesized output, without asking back.
 *
 * One stack per call: with several, a failure kills the Terraform of a sibling in the middle of its apply. On a stop signal
 * Terraform is asked to stop, not cdktf, which would leave it behind; nothing runs any more when this returns or throws.
 * @throws UserError unless Terraform's success is on record and cdktf agrees; names stack, command, exit code and log.
 * @throws Interrupted when a stop signal cut it short.
 */
export async function runCdktf(
  context: DeliveryContext,
  command: CdktfCommand,
  stack: SynthesizedStack,
): Promise<void> {
  context.interruption.throwIfRequested(`${command} of ${stack.shortName}`);
  const { logFile, recordFile } = context.logs.next(command, stack);
  const shim = writeShim(context, recordFile);
  const log = openSync(logFile, "a");
  const [program, ...firstArguments] = context.cdktf;
  const child = spawn(program, [...firstArguments, ...cdktfArguments(context, command, stack)], {
    cwd: context.projectDirectory,
    env: { ...context.environment, TERRAFORM_BINARY_NAME: shim },
    stdio: ["ignore", log, log],
    detached: true, // a terminal's Ctrl-C must not reach cdktf
  });
  closeSync(log);
  const ignoreSignals = context.interruption.onRequest((signal, count) => {
    stopTerraform(recordFile, signal, count);
    if (count > 2 && child.pid !== undefined) sendSignal(-child.pid, "SIGKILL");
  });
  try {
    const exit = await exitOf(child, program);
    const runs = await settleTerraform(recordFile);
    const failure = explainFailure(command, exit, runs);
    if (failure === undefined) return;
    const what = `${command} of ${stack.shortName}`;
    const { signal } = context.interruption;
    if (signal)
      throw new Interrupted(
        signal,
        `${what} was stopped by ${signal} (${failure}); log: ${logFile}`,
      );
    const errors = terraformErrors(readFileSync(logFile, "utf8"));
    throw new UserError(
      [`${what} failed: ${failure}`, ...(errors ? [errors] : []), `log: ${logFile}`].join("\n"),
    );
  } finally {
    ignoreSignals();
    rmSync(shim);
  }
}

function cdktfArguments(
  context: DeliveryContext,
  command: CdktfCommand,
  stack: SynthesizedStack,
): string[] {
  return [
    command,
    stack.name,
    ...["--output", context.manifest.directory],
    "--skip-synth",
    "--auto-approve",
    "--skip-provider-lock", // would ask the public registry, whatever the CLI configuration says
    "--ignore-missing-stack-dependencies", // the order is ours
    "--no-color",
  ];
}

/** An executable that stands for Terraform: cdktf takes the name of a program, not a command line. */
function writeShim(context: DeliveryContext, recordFile: string): string {
  const shim = `${recordFile}.shim`;
  const commandLine = [
    process.execPath,
    join(__dirname, "terraform-shim.js"),
    context.terraform,
    recordFile,
    JSON.stringify(ownIdentity()),
  ];
  writeFileSync(shim, `#!/bin/sh\nexec ${commandLine.map(quote).join(" ")} "$@"\n`, {
    mode: 0o755,
  });
  return shim;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

async function exitOf(child: ChildProcess, program: string): Promise<CdktfExit> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      reject(new UserError(`cannot start ${program}: ${error.message}`));
    });
    child.once("exit", (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
}
