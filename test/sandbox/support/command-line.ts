import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";

import { findPython } from "../../../python/interpreter";
import { MOTO_PYTHON } from "../../../sandbox/aws/moto-environment";
import { DIRECTORY_VARIABLE } from "../../../sandbox/run/directories";
import { compiledProgram } from "../../support/compiled-programs";

/** What a command printed, and how it ended. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Looked for once: on some machines each name that is tried costs a second. */
const python = findPython(process.env, MOTO_PYTHON).command;

/** Runs the sandbox's command line with a sandbox directory of the test's own. */
export async function sandbox(
  directory: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  const main = compiledProgram("sandbox/main.js");
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, PYTHON: python, [DIRECTORY_VARIABLE]: directory, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return {
    exitCode: await exit,
    stdout: stripVTControlCharacters(stdout),
    stderr: stripVTControlCharacters(stderr),
  };
}
