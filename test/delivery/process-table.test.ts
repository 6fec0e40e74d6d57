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

  test("is gone as soon as the process has ended, though its parent has not asked for the exit status", async () => {
    const wait = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";
    const blocked = `const { pid } = require("child_process").spawn("true"); require("fs").writeSync(1, String(pid)); ${wait}`;
    child = spawn(process.execPath, ["-e", blocked], { stdio: ["ignore", "pipe", "ignore"] });
    const [printed] = (await once(child.stdout ?? child, "data")) as [Buffer];
    const pid = Number(printed.toString());

    expect(await waitUntil(() => identify(pid) === undefined, 5_000)).toBe(true);
    expect(sendSignal(pid, "SIGCONT")).toBe(true);
  });

  test("is found behind a program's name that holds brackets and spaces", async () => {
    const { startedAt } = await startProgram(`process.title = "x) y 1 (2"`);

    expect(Number(startedAt)).toBeGreaterThanOrEqual(Number(ownIdentity().startedAt));
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

describe("sendSignal", () => {
  test("says whether there was somebody to receive it", async () => {
    const { pid } = await startProgram("");

    expect(sendSignal(pid, "SIGKILL")).toBe(true);
    await once(child, "exit");
    expect(sendSignal(pid, "SIGKILL")).toBe(false);
  });
});

describe("waitUntil", () => {
  test("waits for a condition", async () => {
    let count = 0;

    expect(await waitUntil(() => ++count === 3, 5_000)).toBe(true);
  });

  test("gives up", async () => {
    expect(await waitUntil(() => false, 60)).toBe(false);
  });
});

describe("endProcess", () => {
  test("asks, and waits for a process that takes its time", async () => {
    const identity = await startProgram(
      `process.on("SIGINT", () => setTimeout(() => process.exit(7), 100))`,
    );

    const ended = once(child, "exit");
    await endProcess(identity, "SIGINT", 5_000);

    expect(isRunning(identity)).toBe(false);
    expect(await ended).toEqual([7, null]);
  });

  test("ends by force what does not end", async () => {
    const identity = await startProgram(`process.on("SIGINT", () => {})`);

    const ended = once(child, "exit");
    await endProcess(identity, "SIGINT", 100);

    expect(isRunning(identity)).toBe(false);
    expect(await ended).toEqual([null, "SIGKILL"]);
  });

  test("leaves a later process with the same pid alone", async () => {
    const identity = await startProgram("");

    await endProcess({ ...identity, startedAt: "0" }, "SIGKILL", 0);

    expect(isRunning(identity)).toBe(true);
  });
});
