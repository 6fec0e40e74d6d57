import { UserError } from "../../delivery/user-error";
import { findPython as find, type PythonInterpreter } from "../../python/interpreter";
import { temporaryDirectory, writeFiles } from "../support/temporary-directory";

const findPython = (env: NodeJS.ProcessEnv, newest?: string): PythonInterpreter =>
  find(env, { neededBy: "moto", oldest: "3.10", ...(newest === undefined ? {} : { newest }) });

const works = (version: string): string => `#!/bin/sh\necho ${version}\n`;
const lacksVenv = (version: string): string =>
  `#!/bin/sh\necho ${version}\necho "ModuleNotFoundError: No module named 'ensurepip'" >&2\nexit 1\n`;

/** An environment whose PATH has nothing but these programs. */
function machineWith(programs: Readonly<Record<string, string>>): { PATH: string } {
  const directory = temporaryDirectory();
  writeFiles(directory, programs);
  return { PATH: directory };
}

const INSTALL = "install Python (Debian: python3 and python3-venv; macOS: brew install python)";

describe("findPython", () => {
  test("takes the newest that has a version in its name before the one that has none", () => {
    const env = machineWith({
      python3: works("3.14.0"),
      "python3.10": works("3.10.2"),
      "python3.12": works("3.12.1"),
    });

    expect(findPython(env)).toEqual({ command: "python3.12", version: "3.12.1" });
  });

  test("takes python3, then python, when there is no other", () => {
    expect(findPython(machineWith({ python: works("3.11.0") })).command).toBe("python");
    expect(
      findPython(machineWith({ python: works("3.11.0"), python3: works("3.14.2") })).command,
    ).toBe("python3");
  });

  test("passes over what cannot be used", () => {
    const env = machineWith({
      "python3.13": "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n",
      "python3.12": lacksVenv("3.12.1"),
      "python3.11": "#!/bin/sh\necho 3.9.1\n",
      python3: works("3.10.0"),
    });

    expect(findPython(env)).toEqual({ command: "python3", version: "3.10.0" });
  });

  test("passes over what is too new, and says so when there is no other", () => {
    const env = machineWith({ "python3.13": works("3.13.0"), "python3.12": works("3.12.1") });

    expect(findPython(env, "3.12").version).toBe("3.12.1");
    expect(() => findPython(machineWith({ python3: works("3.14.0") }), "3.12")).toThrow(
      new UserError(
        "moto needs Python from 3.10 to 3.12: python3 is Python 3.14.0, which is too new. " +
          `To solve it, ${INSTALL}, or name another one with PYTHON=<path>.`,
      ),
    );
  });

  test("PYTHON chooses", () => {
    const env = machineWith({ "python3.13": works("3.13.0"), mine: works("3.10.9") });

    expect(findPython({ ...env, PYTHON: `${env.PATH}/mine` })).toEqual({
      command: `${env.PATH}/mine`,
      version: "3.10.9",
    });
  });

  test("fails when PYTHON names one that does not run, whatever else there is", () => {
    const env = machineWith({ python3: works("3.13.0") });

    expect(() => findPython({ ...env, PYTHON: "/nowhere/python" })).toThrow(
      new UserError(
        "moto needs Python 3.10 or newer: PYTHON=/nowhere/python does not run. " +
          `To solve it, ${INSTALL}, or name another one with PYTHON=<path>.`,
      ),
    );
  });

  test("fails without any Python", () => {
    expect(() => findPython(machineWith({}))).toThrow(
      new UserError(
        "moto needs Python 3.10 or newer: no Python was found. " +
          `To solve it, ${INSTALL}, or name another one with PYTHON=<path>.`,
      ),
    );
  });

  test("fails when all are too old, and tells their versions", () => {
    const env = machineWith({ python3: works("3.9.18"), python: works("2.7.18") });

    expect(() => findPython(env)).toThrow(
      new UserError(
        "moto needs Python 3.10 or newer: " +
          "python3 is Python 3.9.18, which is too old; python is Python 2.7.18, which is too old. " +
          `To solve it, ${INSTALL}, or name another one with PYTHON=<path>.`,
      ),
    );
  });

  test("fails when the module venv is missing, and names the Debian package", () => {
    const env = machineWith({ python3: lacksVenv("3.11.2") });

    expect(() => findPython(env)).toThrow(
      new UserError(
        "moto needs Python 3.10 or newer: " +
          "python3 (Python 3.11.2) lacks the modules venv and ensurepip. " +
          "To solve it, install the Debian package python3-venv, or name another one with PYTHON=<path>.",
      ),
    );
  });
});
