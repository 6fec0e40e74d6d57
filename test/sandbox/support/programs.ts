import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { identify, type ProcessIdentity } from "../../../delivery/process-table";

const started: ChildProcess[] = [];

/** Real processes for the tests of a file, which do not outlive it. */
export function endProgramsAfterwards(): void {
  afterAll(async () => {
    await Promise.all(started.splice(0).map(kill));
  });
}

/** Keeps a JavaScript program running. */
export const STAY = "setInterval(() => {}, 1_000_000);";

/** Starts a JavaScript program and waits for the first thing it prints. */
export async function startProgram(
  source: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ["-e", `${source};console.log("runs")`], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  started.push(child);
  await once(child.stdout, "data");
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error("the program has ended");
  return identity;
}

/** A process that ran once. */
export async function endedProgram(): Promise<ProcessIdentity> {
  const identity = await startProgram(STAY);
  await Promise.all(started.filter(({ pid }) => pid === identity.pid).map(kill));
  return identity;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}
