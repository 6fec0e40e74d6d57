import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

import { endProcess, identify, type ProcessIdentity } from "../../delivery/process-table";

/** A process that belongs to a run. */
export interface RunProcess extends ProcessIdentity {
  /** The program's name. */
  readonly program: string;
}

/**
 * All processes of a run, found by the run's nonce in their environment or command line: so none is overlooked, whoever
 * started it, and whatever became of its parents.
 */
export function processesOfRun(nonce: string): readonly RunProcess[] {
  const candidates = existsSync("/proc/self/environ") ? fromProc(nonce) : fromPs(nonce);
  return candidates.flatMap(({ pid, program }) => {
    const identity = pid === process.pid ? undefined : identify(pid);
    return identity ? [{ ...identity, program }] : [];
  });
}

/** A process may start another one while it is being ended; what it starts then has no reason to. */
const ROUNDS = 5;

/** Ends all processes of a run, gently first. @returns what had to be ended */
export async function endProcessesOfRun(nonce: string): Promise<readonly RunProcess[]> {
  const ended: RunProcess[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const processes = processesOfRun(nonce);
    if (processes.length === 0) break;
    await Promise.all(processes.map((process) => endProcess(process, "SIGTERM", 5_000)));
    ended.push(...processes);
  }
  return ended;
}

interface Candidate {
  readonly pid: number;
  readonly program: string;
}

function fromProc(nonce: string): Candidate[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
      if (!commandLine.includes(nonce) && !environment.includes(nonce)) return [];
      return [{ pid: Number(pid), program: basename(commandLine.split("\0", 1).join("")) }];
    } catch {
      return []; // ended meanwhile, or another user's
    }
  });
}

/** macOS: `-E` adds the environment to the command line. */
function fromPs(nonce: string): Candidate[] {
  const lines = execFileSync("ps", ["-A", "-E", "-ww", "-o", "pid=,command="], {
    encoding: "utf8",
  });
  return lines.split("\n").flatMap((line) => {
    const [, pid, command = ""] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!command.includes(nonce)) return [];
    return [{ pid: Number(pid), program: basename(command.split(" ", 1).join("")) }];
  });
}
