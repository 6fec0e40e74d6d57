import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";

import { sendSignal, waitUntil } from "../../delivery/process-table";
import { DIRECTORY_VARIABLE, SandboxDirectory } from "../../sandbox/run/directories";
import { processesOfRun, type RunProcess } from "../../sandbox/run/run-processes";

const project = new SandboxDirectory().project;

/** A sandbox of the tests' own, which meets no other; its Python packages stay from one time to the next. */
export const directory = new SandboxDirectory(project, join(project, ".sandbox", "interruption"));

/** How a command ended: one of the first two is null. */
export interface Ending {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Everything it printed. */
  readonly output: string;
}

/** No step takes longer, on a machine that is busy with other things. */
const STEP_MILLISECONDS = 240_000;

/** How long a command may take to end itself and everything it has started. */
export const END_MILLISECONDS = 60_000;

/** A command of the built sandbox, such as `up`; the one-command run when there are no arguments. */
export class SandboxCommand {
  readonly ended: Promise<Ending>;
  private readonly pid: number;
  private readonly streams: readonly Readable[];
  private output = "";
  private isOver = false;

  constructor(...args: readonly string[]) {
    const child = spawn(process.execPath, [join(project, "dist/sandbox/main.js"), ...args], {
      cwd: project,
      env: { ...process.env, [DIRECTORY_VARIABLE]: directory.path },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // leads a process group, as a program started in a terminal does
    });
    if (child.pid === undefined) throw new Error("the sandbox could not be started");
    this.pid = child.pid;
    this.streams = [child.stdout, child.stderr];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.output += stripVTControlCharacters(text);
      });
    }
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exitCode, signal) => {
        this.isOver = true;
        resolve({ exitCode, signal, output: this.output });
      });
    });
  }

  /** Waits until the titles of these tasks have appeared, one after the other. @throws Error with the output when one does not */
  async reach(...titles: readonly string[]): Promise<void> {
    let position = 0;
    for (const title of titles) {
      const line = `❯ ${title}\n`;
      const isThere = (): boolean => this.output.includes(line, position);
      await waitUntil(() => isThere() || this.isOver, STEP_MILLISECONDS);
      if (!isThere()) throw new Error(`${title} did not come:\n${this.output}`);
      position = this.output.indexOf(line, position) + line.length;
    }
  }

  /** What Ctrl-C in a terminal does: the signal goes to the whole process group. */
  pressControlC(): void {
    sendSignal(-this.pid, "SIGINT");
  }

  /** What `| head` does when it has seen enough. */
  stopReading(): void {
    for (const stream of this.streams) stream.destroy();
  }

  /** Sends a signal to the sandbox's own process, as a runner or the out-of-memory killer does. */
  send(signal: NodeJS.Signals): void {
    sendSignal(this.pid, signal);
  }

  /** The end, which must come in time. */
  async end(milliseconds = END_MILLISECONDS): Promise<Ending> {
    const late = new AbortController();
    const ending = await Promise.race([
      this.ended,
      delay(milliseconds, undefined, { signal: late.signal }),
    ]);
    late.abort();
    if (ending === undefined) {
      sendSignal(this.pid, "SIGKILL");
      throw new Error(`it did not end within ${milliseconds / 1000} s:\n${this.output}`);
    }
    return ending;
  }
}

/** Runs a command to its end. */
export async function runCommand(...args: readonly string[]): Promise<Ending> {
  return new SandboxCommand(...args).end(STEP_MILLISECONDS);
}

/** All processes, whoever started them, that carry this sandbox's directory in their environment or command line. */
export function remainingProcesses(): readonly RunProcess[] {
  return processesOfRun(directory.path);
}

/** What is still there after `milliseconds` of waiting for nothing to be. */
export async function remainingProcessesAfter(
  milliseconds: number,
): Promise<readonly RunProcess[]> {
  await waitUntil(() => remainingProcesses().length === 0, milliseconds);
  return remainingProcesses();
}
