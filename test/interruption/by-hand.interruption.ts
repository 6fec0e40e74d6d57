import { setTimeout as delay } from "node:timers/promises";

import {
  remainingProcesses,
  remainingProcessesAfter,
  runCommand,
  SandboxCommand,
} from "./sandbox-command";

afterEach(async () => {
  await runCommand("down");
  for (const { pid } of await remainingProcessesAfter(1_000)) process.kill(pid, "SIGKILL");
});

test("Ctrl-C during `up` leaves nothing, and the next `up` works", async () => {
  const up = new SandboxCommand("up");
  await up.reach("Start the world and moto");
  await delay(300);
  up.pressControlC();
  const { exitCode, output } = await up.end();

  expect(output).toContain("stopped by SIGINT before the sandbox was up");
  expect(exitCode).toBe(130);
  expect(remainingProcesses()).toEqual([]);
  expect(await runCommand("up")).toMatchObject({ exitCode: 0 });
});

test("Ctrl-C during `deploy` leaves the sandbox up", async () => {
  await runCommand("up");
  const deploy = new SandboxCommand("deploy", "streaming-platform");
  await deploy.reach("Deploy streaming-platform");
  await delay(4_000);
  deploy.pressControlC();
  const { exitCode, output } = await deploy.end();

  expect(output).toMatch(/^deploy of streaming-platform was stopped by SIGINT \(.*\); log: /m);
  expect(exitCode).toBe(130);
  expect((await runCommand("status")).output).toMatch(/^up since /);
  expect(await runCommand("destroy")).toMatchObject({ exitCode: 0 });
  expect((await runCommand("status")).output).toContain("  0 objects and states\n");
});

test("after a `deploy` that was killed, `destroy` works at once", async () => {
  await runCommand("up");
  const deploy = new SandboxCommand("deploy", "streaming-platform");
  await deploy.reach("Deploy streaming-platform");
  await delay(5_000);
  deploy.send("SIGKILL");
  await deploy.end();

  const { exitCode, output } = await runCommand("destroy");
  expect(output).not.toMatch(/state lock/);
  expect(exitCode).toBe(0);
  expect((await runCommand("status")).output).toContain("  0 objects and states\n");
  expect(await runCommand("down")).toMatchObject({ exitCode: 0 });
  expect(remainingProcesses()).toEqual([]);
});
