import { spawnSync } from "node:child_process";
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

import { messageOf, UserError } from "../delivery/user-error";
import { install, listsToInstall, type Progress } from "./installation";
import { findPython, type PythonInterpreter, type PythonVersions } from "./interpreter";
import { meaningOfFailure } from "./pip-failure";

/** What a virtual environment is made of. */
export interface PythonEnvironment {
  /** As a message calls its packages, such as `the sandbox's Python packages`. */
  readonly packages: string;
  /** The locked lists of packages, by path: each package with a version and the hashes of its files. */
  readonly lists: readonly string[];
  readonly python: PythonVersions;
}

/** How {@link ensurePythonEnvironment} works; all of it has a default. */
export interface PythonEnvironmentOptions {
  /** Told what is being done, one short line at a time. @default - nobody is told */
  readonly onProgress?: Progress;
  /** Where `PYTHON`, `PATH` and pip's settings are read. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
}

const MARKER = "complete.json";
const BUILDING = /^building-(\d+)-/;

/**
 * A virtual environment, made once and kept in `directory` under a key of everything it was made from. It is built
 * elsewhere and moved into place when it is complete, so that an interrupted build leaves nothing that could be taken
 * for an environment.
 *
 * @returns the path of the environment's python
 * @throws UserError when Python is missing or of another version, or when the packages cannot be installed: with the remedy
 */
export async function ensurePythonEnvironment(
  directory: string,
  { packages, lists, python }: PythonEnvironment,
  { onProgress = () => undefined, env = process.env }: PythonEnvironmentOptions = {},
): Promise<string> {
  const interpreter = findPython(env, python);
  const home = join(directory, keyOf(interpreter, lists));
  if (!isUsable(home)) {
    try {
      mkdirSync(directory, { recursive: true });
      removeAbandonedBuilds(directory);
      rmSync(home, { recursive: true, force: true });
      const building = mkdtempSync(join(directory, `building-${process.pid}-`));
      try {
        await install(building, { interpreter, lists, env, onProgress });
        writeFileSync(join(building, MARKER), JSON.stringify({ python: interpreter, lists }));
        expectPlace(building, home);
        moveIntoPlace(building, home);
      } finally {
        rmSync(building, { recursive: true, force: true });
      }
    } catch (error) {
      throw new UserError(
        `${packages} could not be installed in ${directory}: ${meaningOfFailure(messageOf(error))}`,
        { cause: error },
      );
    }
  }
  return pythonOf(home);
}

/** Another Python, another machine type or another list of packages is another environment. */
function keyOf(interpreter: PythonInterpreter, lists: readonly string[]): string {
  const python = interpreter.version.split(".").slice(0, 2).join(".");
  const hash = createHash("sha256");
  for (const list of listsToInstall(lists)) {
    hash.update(readFileSync(list)).update("\n");
  }
  hash.update(`${process.platform} ${process.arch}`);
  return `python${python}-${hash.digest("hex").slice(0, 12)}`;
}

/** The python of the environment that lies in `home`. */
export function pythonOf(home: string): string {
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

/** Leads the programs of a build, which name their interpreter by its path, to where the build is going to be. */
function expectPlace(building: string, home: string): void {
  const programs = join(building, "bin");
  for (const entry of readdirSync(programs, { withFileTypes: true })) {
    const file = join(programs, entry.name);
    // latin1 keeps every byte of a program that is not a script.
    const content = entry.isFile() ? readFileSync(file, "latin1") : "";
    if (content.includes(building)) {
      writeFileSync(file, content.replaceAll(building, home), "latin1");
    }
  }
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
