import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { isRecord } from "./json";

/** A process that can be told from a later one that got the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the operating system's own terms; only to be compared. */
  readonly startedAt: string;
}

/** Whether a parsed JSON value is a {@link ProcessIdentity}. */
export function isProcessIdentity(value: unknown): value is ProcessIdentity {
  return (
    isRecord(value) && typeof value["pid"] === "number" && typeof value["startedAt"] === "string"
  );
}

/** The identity of a running process; undefined when there is none (or only its unreaped exit status). */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = existsSync("/proc/self/stat") ? startFromProc(pid) : startFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether exactly this process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** The identity of the calling process. */
export function ownIdentity(): ProcessIdentity {
  const own = identify(process.pid);
  if (!own) throw new Error(`cannot read the start time of the own process ${process.pid}`);
  return own;
}

/**
 * Sends a signal to a process, or to a whole process group when `pid` is negative.
 * @returns false when it has ended already.
 */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (isRecord(error) && error["code"] === "ESRCH") return false;
    throw error;
  }
}

/** Waits until the condition holds. @returns whether it did within the time. */
export async function waitUntil(condition: () => boolean, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (!condition()) {
    if (performance.now() > end) return false;
    await delay(50);
  }
  return true;
}

/** Asks a process to end, then ends it by force after `graceMilliseconds`; returns when it is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
  graceMilliseconds: number,
): Promise<void> {
  if (!isRunning(identity)) return;
  sendSignal(identity.pid, signal);
  if (await waitUntil(() => !isRunning(identity), graceMilliseconds)) return;
  if (isRunning(identity)) sendSignal(identity.pid, "SIGKILL");
  await waitUntil(() => !isRunning(identity), 5_000);
}

/** Linux: fields of `/proc/<pid>/stat` after the command, which may itself hold spaces and brackets. */
function startFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    return state === "Z" || state === "X" ? undefined : fields[19];
  } catch {
    return undefined; // no such process
  }
}

/** Elsewhere (macOS): `ps`, which exits with 1 when there is no such process. */
function startFromPs(pid: number): string | undefined {
  try {
    const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
    });
    const [state = "", ...started] = line.trim().split(/\s+/);
    return state.startsWith("Z") ? undefined : started.join(" ");
  } catch {
    return undefined;
  }
}
