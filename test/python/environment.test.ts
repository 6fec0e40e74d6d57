import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { ensurePythonEnvironment } from "../../python/environment";
import { listFile } from "../../python/lists";
import { temporaryDirectory, writeFiles } from "../support/temporary-directory";

/**
 * Stands for Python: tells its version, makes "environments" that contain a copy of itself, and writes the calls of pip
 * to a file; `PIP_PRINTS` makes pip fail with that text.
 */
const FAKE_PYTHON = `#!/bin/sh
case "$*" in
  *ensurepip*) echo "\${VERSION:-3.11.7}" ;;
  "-I -m venv "*)
    mkdir -p "$4/bin" && cp "$0" "$4/bin/python"
    printf '#!%s/bin/python\\n' "$4" > "$4/bin/pytest" ;;
  "-I -m pip "*)
    echo "$*" >> "$PIP_CALLS"
    echo "Collecting moto==5.2.5"
    if [ -n "$PIP_PRINTS" ]; then echo "$PIP_PRINTS" >&2; exit 1; fi ;;
esac
`;

/** A machine of its own for each test. */
class Machine {
  readonly root = temporaryDirectory();
  readonly directory = join(this.root, "environments");
  readonly list = join(this.root, "requirements.txt");

  constructor() {
    writeFiles(this.root, { python: FAKE_PYTHON, "requirements.txt": "moto==5.2.5" });
  }

  ensure({
    env = {},
    onProgress,
  }: { env?: Record<string, string>; onProgress?: (line: string) => void } = {}): Promise<string> {
    const own = { PATH: process.env["PATH"], PYTHON: join(this.root, "python") };
    const environment = {
      packages: "the packages",
      lists: [this.list],
      python: { neededBy: "the test", oldest: "3.10" },
    };
    return ensurePythonEnvironment(this.directory, environment, {
      env: { ...own, PIP_CALLS: join(this.root, "pip-calls"), ...env },
      ...(onProgress ? { onProgress } : {}),
    });
  }

  requires(text: string): void {
    writeFiles(this.root, { "requirements.txt": text });
  }

  get pipCalls(): string[] {
    const file = join(this.root, "pip-calls");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  get environments(): string[] {
    return readdirSync(this.directory);
  }
}

describe("ensurePythonEnvironment", () => {
  test("installs the locked packages, and nothing that is not ready-built, into a new environment", async () => {
    const machine = new Machine();
    const progress: string[] = [];

    const python = await machine.ensure({ onProgress: (line) => progress.push(line) });

    expect(python).toBe(join(machine.directory, ...machine.environments, "bin", "python"));
    expect(machine.environments).toEqual([expect.stringMatching(/^python3\.11-[0-9a-f]{12}$/)]);
    expect(machine.pipCalls).toEqual([
      `-I -m pip install --require-hashes --only-binary :all: --no-deps --no-compile --no-input -r ${machine.list}`,
    ]);
    expect(progress).toEqual(["making a Python 3.11.7 environment", "Collecting moto==5.2.5"]);
  });

  test("builds a package that exists as source only, with locked build tools", async () => {
    const machine = new Machine();
    machine.requires("--no-binary confluent-flink-jars\n\nconfluent-flink-jars==2.3.6");

    await machine.ensure();

    const install =
      "-I -m pip install --require-hashes --only-binary :all: --no-deps --no-compile --no-input";
    expect(machine.pipCalls).toEqual([
      `${install} -r ${listFile("build")}`,
      `${install} --no-build-isolation -r ${machine.list}`,
    ]);
  });

  test("leads the environment's programs to its python", async () => {
    const machine = new Machine();

    const python = await machine.ensure();

    expect(readFileSync(join(dirname(python), "pytest"), "utf8")).toBe(`#!${python}\n`);
  });

  test("does nothing the second time", async () => {
    const machine = new Machine();
    const first = await machine.ensure();

    expect(await machine.ensure({ env: { PIP_PRINTS: "must not be called" } })).toBe(first);
    expect(machine.pipCalls).toHaveLength(1);
  });

  test("makes another environment for other packages and for another Python", async () => {
    const machine = new Machine();
    const first = await machine.ensure();
    const second = await machine.ensure({ env: { VERSION: "3.12.0" } });
    machine.requires("moto==5.2.6");
    const third = await machine.ensure();

    expect(new Set([first, second, third]).size).toBe(3);
    expect(await machine.ensure({ env: { VERSION: "3.11.9" } })).toBe(third);
  });

  test("leaves nothing behind when the installation fails, and succeeds the next time", async () => {
    const machine = new Machine();

    await expect(machine.ensure({ env: { PIP_PRINTS: "no" } })).rejects.toThrow(
      `the packages could not be installed in ${machine.directory}: it ended with: Collecting moto==5.2.5\nno`,
    );
    expect(machine.environments).toEqual([]);
    await machine.ensure();
    expect(machine.environments).toHaveLength(1);
  });

  test("rebuilds an environment that is not complete", async () => {
    const machine = new Machine();
    const python = await machine.ensure();
    const [name = ""] = machine.environments;
    writeFiles(join(machine.directory, name), { "bin/python": "#!/bin/sh\nexit 1\n" });

    expect(await machine.ensure()).toBe(python);
    expect(machine.pipCalls).toHaveLength(2);
    expect(readFileSync(python, "utf8")).toBe(FAKE_PYTHON);
  });

  test("removes what a killed build left behind, and not what another process builds", async () => {
    const machine = new Machine();
    const [dead, alive] = ["building-999999999-a", `building-${process.ppid}-b`];
    for (const name of [dead, alive]) {
      mkdirSync(join(machine.directory, name), { recursive: true });
    }

    await machine.ensure();

    expect(machine.environments).toEqual([alive, expect.stringMatching(/^python3\.11-/)]);
  });

  test("two builds at the same time end with one environment", async () => {
    const machine = new Machine();

    const [first, second] = await Promise.all([machine.ensure(), machine.ensure()]);

    expect(first).toBe(second);
    expect(machine.environments).toHaveLength(1);
  });

  test("fails when the directory cannot be made, with the reason", async () => {
    const machine = new Machine();
    writeFiles(machine.root, { environments: "a file is in the way" });

    await expect(machine.ensure()).rejects.toThrow(
      /could not be installed in .*environments: .*EEXIST: file already exists/,
    );
  });

  test.each([
    [
      "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
      /not the one that the locked list names by its hash\. A package mirror or a proxy changes/,
    ],
    [
      "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\nERROR: No matching distribution found for moto",
      /the package registry cannot be reached\./,
    ],
    [
      "ERROR: No matching distribution found for cffi==2.1.1",
      /no ready-built form for this Python on this machine\. Name another Python with PYTHON/,
    ],
    ["OSError: [Errno 28] No space left on device", /the disk is full/],
    ["OSError: [Errno 30] Read-only file system: '/x'", /make it writable/],
    ["EACCES: permission denied, mkdir '/x'", /make it writable/],
  ])("says what %j means", async (printed, meaning) => {
    await expect(new Machine().ensure({ env: { PIP_PRINTS: printed } })).rejects.toThrow(meaning);
  });
});
