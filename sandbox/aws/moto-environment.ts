import { ensurePythonEnvironment, type PythonEnvironmentOptions } from "../../python/environment";
import type { PythonVersions } from "../../python/interpreter";
import { pythonFile } from "./python-files";

/** The Python that moto runs on, and the functions with it: they are written for Python 3.11. */
export const MOTO_PYTHON: PythonVersions = { neededBy: "moto, the sandbox's AWS,", oldest: "3.11" };

/** A virtual environment with moto and boto3. @returns its python; see {@link ensurePythonEnvironment} */
export function ensureMotoEnvironment(
  directory: string,
  options: PythonEnvironmentOptions = {},
): Promise<string> {
  const lists = [pythonFile("requirements.txt")];
  const environment = { packages: "the sandbox's Python packages", lists, python: MOTO_PYTHON };
  return ensurePythonEnvironment(directory, environment, options);
}
