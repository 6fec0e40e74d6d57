import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { PythonInterpreter } from "./interpreter";
import { listFile } from "./lists";

/** Told what is being done, one short line at a time. */
export type Progress = (line: string) => void;

interface Installation {
  readonly interpreter: PythonInterpreter;
  readonly lists: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: Progress;
}

/**
 * Makes a virtual environment in `home` with exactly the packages of the lists, each with one of its hashes.
 *
 * A package that exists as source only is named by its list (`--no-binary <package>`). It is built with the build
 * tools of `build.txt`, which are locked as well: pip's own isolated build would fetch whatever is newest.
 */
export async function install(home: string, installation: Installation): Promise<void> {
  const { interpreter, lists, env, onProgress } = installation;
  onProgress(`making a Python ${interpreter.version} environment`);
  await run(interpreter.command, ["-I", "-m", "venv", home], { env, onProgress });
  // A call for the build tools alone: pip builds before it installs.
  const calls = needsBuildTools(lists) ? [[listFile("build")], lists] : [lists];
  for (const files of calls) {
    await run(join(home, "bin", "python"), pipArguments(files), { env, onProgress });
  }
}

/** The lists from which an environment is made: these, and that of the build tools when one of these needs them. */
export function listsToInstall(lists: readonly string[]): readonly string[] {
  return needsBuildTools(lists) ? [listFile("build"), ...lists] : lists;
}

function needsBuildTools(lists: readonly string[]): boolean {
  return lists.some((list) => /^--no-binary\b/m.test(readFileSync(list, "utf8")));
}

function pipArguments(lists: readonly string[]): string[] {
  return [
    ...["-I", "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-deps"],
    // Compiling every module of botocore takes longer than compiling the few that are imported, when they are.
    "--no-compile",
    "--no-input",
    ...(needsBuildTools(lists) ? ["--no-build-isolation"] : []),
    ...lists.flatMap((list) => ["-r", list]),
  ];
}

/** Runs a program to its end. @throws Error with what it printed when it fails */
async function run(
  command: string,
  args: readonly string[],
  { env, onProgress }: Pick<Installation, "env" | "onProgress">,
): Promise<void> {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      printed.push(line);
      onProgress(line.trim());
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) {
    throw new Error(printed.join("\n"));
  }
}
