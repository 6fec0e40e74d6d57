import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

import type { Interruption } from "../../delivery/interruption";
import { sendSignal } from "../../delivery/process-table";
import { Interrupted, UserError } from "../../delivery/user-error";

/** A program to run to its end, its output in a log. */
export interface LoggedCommand {
  /** What it is, for messages, such as `cdktf synth`. */
  readonly what: string;
  readonly commandLine: readonly [string, ...string[]];
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly interruption: Interruption;
}

/** How much of a log a message repeats. */
const SHOWN_LINES = 20;

/**
 * Runs a program that changes nothing in any cloud; a stop signal ends it with all its children at once.
 * @throws UserError with the end of its log when it fails
 */
export async function runLogged(command: LoggedCommand): Promise<void> {
  const { what, interruption, logFile } = command;
  interruption.throwIfRequested(what);
  const [program, ...args] = command.commandLine;
  const log = openSync(logFile, "a");
  const child = spawn(program, args, {
    cwd: command.directory,
    env: command.environment,
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  const ignoreSignals = interruption.onRequest(() => {
    if (child.pid !== undefined) sendSignal(-child.pid, "SIGKILL");
  });
  try {
    const failure = await new Promise<string | undefined>((resolve, reject) => {
      child.once("error", reject).once("exit", (exitCode, signal) => {
        if (signal) resolve(`was killed by ${signal}`);
        else resolve(exitCode === 0 ? undefined : `failed with exit code ${String(exitCode)}`);
      });
    });
    if (interruption.signal) {
      throw new Interrupted(interruption.signal, `${what} was stopped by ${interruption.signal}`);
    }
    if (failure !== undefined) {
      throw new UserError(`${what} ${failure}:\n${endOf(logFile)}\nlog: ${logFile}`);
    }
  } finally {
    ignoreSignals();
  }
}

function endOf(logFile: string): string {
  const lines = stripVTControlCharacters(readFileSync(logFile, "utf8")).trimEnd().split(/\r?\n/);
  return lines.slice(-SHOWN_LINES).join("\n");
}
