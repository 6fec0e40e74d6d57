/** `npm run python -- <environment> <command…>`: runs a command in one of the project's Python environments. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { dirname } from "node:path";

import { runProgram } from "../delivery/program";
import { UserError } from "../delivery/user-error";
import { activate } from "./activation";
import { ensurePythonEnvironment } from "./environment";
import { environmentDirectory, type EnvironmentName, namedEnvironment } from "./environments";

const USAGE = "usage: npm run python -- <development|table-api|local-flink> <command> [argument…]";

runProgram(async () => {
  const [name, command, ...args] = process.argv.slice(2);
  if (name === undefined || command === undefined) {
    throw new UserError(USAGE);
  }
  const environment = namedEnvironment(name);
  const python = await ensurePythonEnvironment(
    environmentDirectory(name as EnvironmentName),
    environment,
    { onProgress: (line) => process.stderr.write(`${line}\n`) },
  );
  return run(command, args, activate(dirname(dirname(python)), process.env));
});

/** @returns what a shell would: the exit code, or 128 and the number of the signal */
async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(command, args, { env, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "ENOENT"
          ? new UserError(`the environment has no command ${JSON.stringify(command)}`)
          : error,
      );
    });
    child.once("exit", (code, signal) => {
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}
