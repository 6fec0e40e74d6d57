import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ProcessIdentity } from "../../../delivery/process-table";
import { UserError } from "../../../delivery/user-error";
import { takeLock } from "../../../sandbox/run/lock";
import { compiledProgram } from "../../support/compiled-programs";
import { temporaryDirectory } from "../../support/temporary-directory";
import { endedProgram, endProgramsAfterwards, startProgram, STAY } from "../support/programs";

endProgramsAfterwards();

/** A directory with a lock that somebody else has left. */
function lockOf(owner: ProcessIdentity, command = "deploy"): string {
  const file = join(temporaryDirectory(), "lock");
  writeFileSync(file, JSON.stringify({ owner, command }));
  return file;
}

/** Takes a lock that must be free, and gives it back. */
function expectFree(file: string): void {
  takeLock(file, "up")();
  expect(readdirSync(join(file, ".."))).toEqual([]);
}

test("a lock that was given back can be taken again, and leaves no file", () => {
  const directory = temporaryDirectory();
  const release = takeLock(join(directory, "lock"), "run");
  expect(readdirSync(directory)).toEqual(["lock"]);
  release();

  expectFree(join(directory, "lock"));
});

test("a second command is refused with the first one's process and how to end it", () => {
  const file = join(temporaryDirectory(), "lock");
  const release = takeLock(file, "run");

  const take = (): unknown => takeLock(file, "up");
  expect(take).toThrow(UserError);
  expect(take).toThrow(
    new Error(
      `another sandbox command is at work (run, process ${process.pid}): ` +
        `wait for it, or stop it with \`kill -INT ${process.pid}\``,
    ),
  );
  expect(readdirSync(join(file, ".."))).toEqual(["lock"]);
  release();
});

test("another process's lock is respected as long as it runs", async () => {
  const owner = await startProgram(STAY);

  expect(() => takeLock(lockOf(owner), "up")).toThrow(
    `another sandbox command is at work (deploy, process ${owner.pid})`,
  );
});

describe("a lock is taken over when", () => {
  test("its owner has gone", async () => {
    expectFree(lockOf(await endedProgram()));
  });

  test("its owner has gone and another process got the process id", () => {
    expectFree(lockOf({ pid: process.pid, startedAt: "1" }));
  });

  test.each(["", "{", "[]", `{"owner":{"pid":1}}`, `{"owner":{"pid":1,"startedAt":"1"}}`])(
    "it says %j, which no owner wrote",
    (text) => {
      const file = join(temporaryDirectory(), "lock");
      writeFileSync(file, text);
      expectFree(file);
    },
  );
});

test("of many commands that find a stale lock at once, one takes it over", async () => {
  const file = lockOf(await endedProgram());
  const lock = compiledProgram("sandbox/run/lock.js");
  const program = `
    const { takeLock } = require(${JSON.stringify(lock)});
    process.stdin.once("data", () => {
      try { takeLock(${JSON.stringify(file)}, "run"); console.log("taken"); }
      catch (error) { console.log(error.message); }
    });
    console.log("ready")`;
  const commands = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ["-e", program], { stdio: ["pipe", "pipe", "inherit"] }),
  );
  try {
    await Promise.all(commands.map(({ stdout }) => once(stdout, "data")));
    const answers = commands.map(async ({ stdin, stdout }) => {
      stdin.write("go");
      const [answer] = (await once(stdout, "data")) as [Buffer];
      return answer.toString().trim();
    });

    const said = await Promise.all(answers);
    expect(said.filter((answer) => answer === "taken")).toHaveLength(1);
    expect(said.filter((answer) => answer.startsWith("another sandbox command"))).toHaveLength(3);
  } finally {
    const exits = commands.map((command) => once(command, "exit"));
    for (const { stdin } of commands) stdin.end();
    await Promise.all(exits);
  }
}, 30_000);
