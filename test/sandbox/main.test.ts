import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ownIdentity } from "../../delivery/process-table";
import { temporaryDirectory } from "../support/temporary-directory";
import { sandbox } from "./support/command-line";

const NOT_UP = "the sandbox is not up: start it with `npm run sandbox -- up`\n";

// Each command looks for Terraform and Python.
jest.setTimeout(30_000);

test.each([["deploy"], ["plan"], ["destroy"]])("%s needs a sandbox that is up", async (command) => {
  const directory = temporaryDirectory();
  const { exitCode, stderr } = await sandbox(directory, [command]);

  expect(stderr).toBe(NOT_UP);
  expect(exitCode).toBe(1);
  expect(readdirSync(directory)).toEqual([]);
});

test("status and down tell of a sandbox that is not up, which is no error", async () => {
  const directory = temporaryDirectory();

  expect(await sandbox(directory, ["status"])).toEqual({ exitCode: 0, stdout: NOT_UP, stderr: "" });
  expect(await sandbox(directory, ["down"])).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(
      /^Node\.js .*, Terraform .*, Python .*\nthe sandbox is not up\n$/,
    ),
    stderr: "",
  });
});

test.each([{ args: ["up"] }, { args: [] }])(
  "a second command at the same time is refused in one line: $args",
  async ({ args }) => {
    const directory = temporaryDirectory();
    const lock = JSON.stringify({ owner: ownIdentity(), command: "run" });
    writeFileSync(join(directory, "lock"), lock);

    expect(await sandbox(directory, args)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `another sandbox command is at work (run, process ${process.pid}): wait for it, or stop it with \`kill -INT ${process.pid}\`\n`,
    });
    expect(readdirSync(directory)).toEqual(["lock"]);
  },
);

test("what is missing is said before anything starts", async () => {
  const directory = temporaryDirectory();
  const { exitCode, stdout, stderr } = await sandbox(directory, [], {
    TERRAFORM_BINARY_NAME: "/nowhere/terraform",
    PYTHON: "/nowhere/python",
  });

  expect(stderr).toMatch(
    /^the sandbox cannot start yet:\n {2}Terraform: \/nowhere\/terraform is not there .*\n {2}Python: .*\n {2}Python of the Table API plugin: .*\n$/,
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(readdirSync(directory)).toEqual([]);
});

test("a folder that cannot be written is named without a stack trace", async () => {
  const file = join(temporaryDirectory(), "file");
  writeFileSync(file, "");
  const { exitCode, stderr } = await sandbox(join(file, "sandbox"), ["up"]);

  expect(stderr).toMatch(/^the sandbox cannot start yet:\n {2}folder: .* cannot be written .*\n$/);
  expect(exitCode).toBe(1);
});

test("a report that cannot be written is refused before the run", async () => {
  const directory = temporaryDirectory();
  const report = join(temporaryDirectory(), "directory");
  mkdirSync(report);
  const { exitCode, stderr } = await sandbox(directory, ["--report", report]);

  expect(stderr).toMatch(/^the report cannot be written to .*: name another file with --report\n$/);
  expect(exitCode).toBe(1);
  expect(existsSync(join(directory, "runs"))).toBe(false);
  expect(readdirSync(directory)).toEqual([]);
});

test("a command that does not exist is refused", async () => {
  const { exitCode, stderr } = await sandbox(temporaryDirectory(), ["start"]);

  expect(stderr).toMatch(/^error: /);
  expect(exitCode).toBe(1);
});
