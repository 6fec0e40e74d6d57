import { spawn, type StdioOptions } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";

import { identify, ownIdentity, sendSignal } from "./process-table";
import { exitCodeOfSignal, type StopSignal } from "./signals";
import {
  COMMAND_NOT_FOUND,
  recordTerraformRun,
  type TerraformOutcome,
  type TerraformRun,
} from "./terraform-record";
import { UserError } from "./user-error";

/** A Terraform command to run under supervision. */
export interface TerraformCommand {
  /** Terraform's executable: an absolute path, or a name looked up in PATH. */
  readonly terraform: string;
  /** Subcommand and its options. */
  readonly arguments: readonly string[];
  /** The stack's directory. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The record file, see `terraform-record.ts`. */
  readonly recordFile: string;
  readonly stdio: StdioOptions;
}

/** Records that the calling process is about to run a command. */
export function beginTerraformRun(command: TerraformCommand): TerraformRun {
  const run: TerraformRun = {
    id: randomUUID(),
    command: command.arguments.find((argument) => !argument.startsWith("-")) ?? "",
    supervisor: ownIdentity(),
  };
  recordTerraformRun(command.recordFile, run);
  return run;
}

/**
 * A running Terraform, alone in its own session: the Ctrl-C of a terminal and the hang-up of the pseudo-terminal that
 * cdktf gives it do not reach it, only what is relayed here. The providers it starts share its process group, and
 * what is left of the group when Terraform has ended (it was killed) is ended with it.
 */
export class TerraformProcess {
  /** Resolves when Terraform and its providers have ended and the end is recorded. Rejects when it cannot be started. */
  readonly ended: Promise<TerraformOutcome>;
  /** What it prints, when `stdio` asks for a pipe. */
  readonly stdout: Readable | null;
  private readonly pid: number | undefined;

  constructor(command: TerraformCommand, run: TerraformRun = beginTerraformRun(command)) {
    const child = spawn(command.terraform, command.arguments, {
      cwd: command.directory,
      env: command.environment,
      stdio: command.stdio,
      detached: true,
    });
    this.stdout = child.stdout;
    this.pid = child.pid;
    const process = child.pid === undefined ? undefined : identify(child.pid);
    const running = process ? { ...run, process } : run;
    recordTerraformRun(command.recordFile, running);
    this.ended = new Promise((resolve, reject) => {
      const record = (outcome: TerraformOutcome): TerraformOutcome => {
        recordTerraformRun(command.recordFile, { ...running, outcome });
        return outcome;
      };
      child.once("error", (error) => {
        record({ exitCode: COMMAND_NOT_FOUND });
        reject(new UserError(`cannot start Terraform (${command.terraform}): ${error.message}`));
      });
      child.once("exit", () => {
        this.kill();
      });
      child.once("close", (code, signal) => {
        if (child.pid === undefined) return; // it never started: said above
        resolve(
          record(signal ? { exitCode: exitCodeOfSignal(signal), signal } : { exitCode: code ?? 1 }),
        );
      });
    });
  }

  /** Passes a stop signal on: Terraform finishes the resource in hand and saves the state; at a second one it gives up. */
  relay(signal: StopSignal): void {
    if (this.pid !== undefined) sendSignal(this.pid, signal);
  }

  /** Ends Terraform and its providers at once. */
  kill(): void {
    if (this.pid !== undefined) sendSignal(-this.pid, "SIGKILL");
  }
}
