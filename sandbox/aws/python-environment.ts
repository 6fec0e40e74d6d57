import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { messageOf, UserError } from "../../delivery/user-error";
import { meaningOfFailure } from "./pip-failure";
import { pythonFile } from "./python-files";
import { findPython, type PythonInterpreter } from "./python-interpreter";

/** How {@link ensurePythonEnvironment} works; all of it has a default. */
export interface PythonEnvironmentOptions {
  /** Told what is being done, one short line at a time. @default - nobody is told */
  readonly onProgress?: (line: string) => void;
  /** Where `PYTHON`, `PATH` and pip's settings are read. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** The locked list of packages. @default - the one beside this file */
  readonly requirements?: string;
}

const MARKER = "complete.json";
const BUILDING = /^building-(\d+)-/;

/**
 * A virtual environment with moto and boto3, made once and kept in `directory` under a key of everything it was made
 * from. It is built elsewhere and moved into place when it is complete, so that an interrupted build leaves nothing
 * that could be taken for an environment.
 *
 * @returns the path of the environment's python
 * @throws UserError when Python is missing or too old, or when the packages cannot be installed: with the remedy
 */
export async function ensurePythonEnvironment(
  directory: string,
  options: PythonEnvironmentOptions = {},
): Promise<string> {
  const { onProgress = () => undefined, env = process.env } = options;
  const requirements = options.requirements ?? pythonFile("requirements.txt");
  const interpreter = findPython(env);
  const home = join(directory, keyOf(interpreter, requirements));
  if (!isUsable(home)) {
    try {
      mkdirSync(directory, { recursive: true });
      removeAbandonedBuilds(directory);
      rmSync(home, { recursive: true, force: true });
      const building = mkdtempSync(join(directory, `building-${process.pid}-`));
      try {
        await build(building, { interpreter, requirements, env, onProgress });
        moveIntoPlace(building, home);
      } finally {
        rmSync(building, { recursive: true, force: true });
      }
    } catch (error) {
      throw new UserError(
        `the sandbox's Python packages could not be installed in ${directory}: ${meaningOfFailure(messageOf(error))}`,
        { cause: error },
      );
    }
  }
  return pythonOf(home);
}

/** Another Python, another machine type or another list of packages is another environment. */
function keyOf(interpreter: PythonInterpreter, requirements: string): string {
  const python = interpreter.version.split(".").slice(0, 2).join(".");
  const hash = createHash("sha256")
    .update(readFileSync(requirements))
    .update(`\n${process.platform} ${process.arch}`)
    .digest("hex");
  return `python${python}-${hash.slice(0, 12)}`;
}

function pythonOf(home: string): string {
  return join(home, "bin", "python");
}

/** Whether an environment is complete and its interpreter, a link to one of the system's, still runs. */
function isUsable(home: string): boolean {
  return existsSync(join(home, MARKER)) && spawnSync(pythonOf(home), ["-I", "-c", ""]).status === 0;
}

/** Removes what builds left behind whose process is gone, and nothing of those that still run. */
function removeAbandonedBuilds(directory: string): void {
  for (const name of readdirSync(directory)) {
    const owner = Number(BUILDING.exec(name)?.[1]);
    if (owner > 0 && !isAlive(owner)) {
      rmSync(join(directory, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

interface Build extends Required<PythonEnvironmentOptions> {
  readonly interpreter: PythonInterpreter;
}

async function build(
  home: string,
  { interpreter, requirements, env, onProgress }: Build,
): Promise<void> {
  onProgress(`making a Python ${interpreter.version} environment`);
  await run(interpreter.command, ["-I", "-m", "venv", home], { env, onProgress });
  // --no-compile: compiling every module of botocore takes longer than compiling the few that are imported, when they are
  const install = [
    "install",
    "--require-hashes",
    "--only-binary",
    ":all:",
    "--no-deps",
    "--no-compile",
    "--no-input",
  ];
  await run(pythonOf(home), ["-I", "-m", "pip", ...install, "-r", requirements], {
    env,
    onProgress,
  });
  writeFileSync(join(home, MARKER), JSON.stringify({ python: interpreter, requirements }));
}

/** Moves a build to its final name; when another process was faster, its environment, which is equal, stays. */
function moveIntoPlace(building: string, home: string): void {
  try {
    renameSync(building, home);
  } catch (error) {
    if (!isUsable(home)) {
      throw error;
    }
  }
}

/** Runs a program to its end. @throws Error with what it printed when it fails */
async function run(
  command: string,
  args: readonly string[],
  { env, onProgress }: Pick<Build, "env" | "onProgress">,
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
