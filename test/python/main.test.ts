import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { projectDirectory } from "../../python/lists";

// The compiled program: the command of package.json builds it first.
function run(...args: readonly string[]): { code: number | null; output: string; errors: string } {
  const program = join(projectDirectory(), "dist", "python", "main.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
  });
  return { code: status, output: stdout, errors: stderr };
}

// The first run on a machine fills the environment from the package registry.
jest.setTimeout(300_000);

describe("npm run python", () => {
  test("runs a command in an environment, with its arguments as they are, and passes its exit code", () => {
    const script = "import sys; print(sys.prefix, sys.argv[1:]); sys.exit(7)";
    const { code, output } = run("development", "python", "-c", script, "a b", "--help");

    expect(output).toMatch(
      /\/\.python\/development\/python3\.\d+-[0-9a-f]{12} \['a b', '--help'\]/,
    );
    expect(code).toBe(7);
  });

  test("runs an environment's own programs", () => {
    expect(run("development", "mypy", "--version")).toMatchObject({ code: 0 });
    expect(run("development", "pytest", "--version")).toMatchObject({ code: 0 });
  });

  test("ends as a shell does when the command is ended by a signal", () => {
    expect(run("development", "sh", "-c", "kill -TERM $$").code).toBe(143);
  });

  test.each([
    [[], /^usage: npm run python -- </],
    [["development"], /^usage: npm run python -- </],
    [["flink", "true"], /^there is no Python environment "flink": it is one of development, /],
    [["development", "no-such"], /^the environment has no command "no-such"\n$/],
  ])("says what is wrong with %j", (args, message) => {
    const { code, errors } = run(...args);

    expect(errors).toMatch(message);
    expect(code).toBe(1);
  });
});
