import { spawnSync } from "node:child_process";

import { UserError } from "../delivery/user-error";

/** A Python that can make a virtual environment. */
export interface PythonInterpreter {
  /** What to start: a name on the PATH, or a path. */
  readonly command: string;
  /** Such as `3.11.7`. */
  readonly version: string;
}

/** Which Python will do, and for whom. */
export interface PythonVersions {
  /** Begins the message when there is none, such as `moto, the sandbox's AWS,`. */
  readonly neededBy: string;
  /** Such as `3.10`. */
  readonly oldest: string;
  /** The last one for which the packages exist. @default - none is too new */
  readonly newest?: string;
}

const CANDIDATES = ["python3.13", "python3.12", "python3.11", "python3.10", "python3", "python"];

// Runs on any Python, Python 2 included, so that the version of one that is too old can be told.
const PROBE = `import sys; print("%d.%d.%d" % sys.version_info[:3]); import venv, ensurepip`;

/** What one candidate turned out to be; `problem` says why it cannot be used. */
interface Probe extends PythonInterpreter {
  readonly problem?: "too old" | "too new" | "without venv";
}

/**
 * The first Python of these versions that can make virtual environments: the one that `PYTHON` names, and no other, if
 * it is set; else python3.13 down to python3.10, python3 and python.
 *
 * @throws UserError with what was found and how to get what is missing
 */
export function findPython(env: NodeJS.ProcessEnv, wanted: PythonVersions): PythonInterpreter {
  const chosen = env["PYTHON"];
  const probes: Probe[] = [];
  for (const command of chosen ? [chosen] : CANDIDATES) {
    const probe = probeInterpreter(command, env, wanted);
    if (probe && !probe.problem) {
      return { command: probe.command, version: probe.version };
    }
    if (probe) {
      probes.push(probe);
    }
  }
  throw new UserError(explain(probes, chosen, wanted));
}

function probeInterpreter(
  command: string,
  env: NodeJS.ProcessEnv,
  { oldest, newest }: PythonVersions,
): Probe | undefined {
  const result = spawnSync(command, ["-E", "-s", "-c", PROBE], { env, encoding: "utf8" });
  const version = /^\d+\.\d+\.\d+$/m.exec(result.error ? "" : result.stdout)?.[0];
  if (version === undefined) {
    return undefined;
  }
  if (ordinal(version) < ordinal(oldest)) {
    return { command, version, problem: "too old" };
  }
  if (newest !== undefined && ordinal(version) > ordinal(newest)) {
    return { command, version, problem: "too new" };
  }
  return result.status === 0 ? { command, version } : { command, version, problem: "without venv" };
}

/** A number that grows with the version; the patch does not count. */
function ordinal(version: string): number {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major * 1000 + minor;
}

function explain(
  probes: readonly Probe[],
  chosen: string | undefined,
  { neededBy, oldest, newest }: PythonVersions,
): string {
  const found = probes.map(({ command, version, problem }) =>
    problem === "without venv"
      ? `${command} (Python ${version}) lacks the modules venv and ensurepip`
      : `${command} is Python ${version}, which is ${problem ?? "usable"}`,
  );
  if (found.length === 0) {
    found.push(chosen ? `PYTHON=${chosen} does not run` : "no Python was found");
  }
  const remedy = probes.some(({ problem }) => problem === "without venv")
    ? "install the Debian package python3-venv"
    : "install Python (Debian: python3 and python3-venv; macOS: brew install python)";
  const range = newest === undefined ? `${oldest} or newer` : `from ${oldest} to ${newest}`;
  return (
    `${neededBy} needs Python ${range}: ${found.join("; ")}. ` +
    `To solve it, ${remedy}, or name another one with PYTHON=<path>.`
  );
}
