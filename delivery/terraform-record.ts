import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";

import { isRecord } from "./json";
import { isProcessIdentity, type ProcessIdentity } from "./process-table";

/**
 * One Terraform command, as its supervisor recorded it.
 *
 * `cdktf` cannot be asked how Terraform fared: it exits with 0 when Terraform is killed by a signal.
 */
export interface TerraformRun {
  /** Tells the commands of one record from each other. */
  readonly id: string;
  /** The subcommand, such as `apply`. Arguments are not recorded: they may carry values of variables. */
  readonly command: string;
  /** The process that relays signals to Terraform and records its end. */
  readonly supervisor: ProcessIdentity;
  /** Terraform itself, which leads a process group together with its providers; absent when it never started. */
  readonly process?: ProcessIdentity;
  /** Absent while it runs, and for ever when its supervisor was killed. */
  readonly outcome?: TerraformOutcome;
}

/** The exit code of a Terraform that could not be started: what a shell says when there is no such command. */
export const COMMAND_NOT_FOUND = 127;

/** How a Terraform command ended. */
export interface TerraformOutcome {
  /** Terraform's own exit code; 128 + the signal's number when a signal ended it. */
  readonly exitCode: number;
  readonly signal?: NodeJS.Signals;
}

/**
 * Adds a line with what is known of a run now; the last line of a run counts.
 * A line is written in one call, so lines of several processes do not mix.
 */
export function recordTerraformRun(file: string, run: TerraformRun): void {
  appendFileSync(file, `${JSON.stringify(run)}\n`);
}

/** The recorded commands in the order in which they began; none when there is no file. */
export function readTerraformRuns(file: string): TerraformRun[] {
  if (!existsSync(file)) return [];
  const runs = new Map<string, TerraformRun>();
  const lines = readFileSync(file, "utf8").split("\n");
  lines.pop(); // what follows the last line break: nothing, or a line being written
  for (const line of lines) {
    const run: unknown = JSON.parse(line);
    if (!isTerraformRun(run))
      throw new Error(`${file}: not a record of a Terraform command: ${line}`);
    runs.set(run.id, run);
  }
  return [...runs.values()];
}

/** The file whose presence tells the supervisors of a record to start nothing any more. */
export function stopMarkerOf(recordFile: string): string {
  return `${recordFile}.stop`;
}

function isTerraformRun(value: unknown): value is TerraformRun {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    typeof value["command"] === "string" &&
    isProcessIdentity(value["supervisor"]) &&
    (value["process"] === undefined || isProcessIdentity(value["process"])) &&
    (value["outcome"] === undefined || isOutcome(value["outcome"]))
  );
}

function isOutcome(value: unknown): value is TerraformOutcome {
  return (
    isRecord(value) &&
    typeof value["exitCode"] === "number" &&
    (value["signal"] === undefined ||
      (typeof value["signal"] === "string" && value["signal"] in constants.signals))
  );
}
