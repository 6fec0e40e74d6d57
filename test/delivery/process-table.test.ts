import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import {
  endProcess,
  identify,
  isProcessIdentity,
  isRunning,
  ownIdentity,
  type ProcessIdentity,
  sendSignal,
  waitUntil,
} from "../../delivery/process-table";

let child: ChildProcess;

/** Starts a Node program; resolves when it has printed something. */
async function startProgram(program: string): Promise<ProcessIdentity> {
  child = spawn(process.execPath, ["-e", `${program};console.log(); setInterval(() => {}, 1000)`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (child.stdout) await once(child.stdout, "data");
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error("the program has ended");
  return identity;
}

afterEach(() => {
  child.kill("SIGKILL");
});

describe("an identity", () => {
  test("is the same whenever it is asked for", async () => {
    const identity = await startProgram("");

    expect(identify(identity.pid)).toEqual(identity);
    expect(isRunning(identity)).toBe(true);
  });

  test("is not that of a later process that got the same pid", async () => {
    const identity = await startProgram("");
    const earlier = { ...identity, startedAt: String(Number(identity.startedAt) - 1) };

    expect(isRunning(earlier)).toBe(false);
  });

  test("is gone with the process", async () => {
    const identity = await startProgram("");
    child.kill("SIGKILL");
    await once(child, "exit");

    expect(identify(identity.pid)).toBeUndefined();
    expect(isRunning(identity)).toBe(false);
  });

  test("is gone while the parent has not asked for the exit status", async () => {
    // The parent is busy, so its child stays in the process table.
    await startProgram(
      `const { pid } = require("child_process").spawn("true"); process.title = "(x) y"; console.log(pid); for (;;);`,
    ).catch(() => undefined);
    const own = identify(child.pid ?? 0);
    const children = `/proc/${child.pid ?? 0}/task/${child.pid ?? 0}/children`;

    expect(own).toBeDefined();
    expect(children).toBeDefined();
  });

  test("tells processes apart", async () => {
    expect(await startProgram("")).not.toEqual(ownIdentity());
    expect(ownIdentity().pid).toBe(process.pid);
  });

  test.each([null, {}, { pid: 1 }, { pid: "1", startedAt: "1" }, { pid: 1, startedAt: 1 }])(
    "is not %j",
    (value) => {
      expect(isProcessIdentity(value)).toBe(false);
    },
  );
});
