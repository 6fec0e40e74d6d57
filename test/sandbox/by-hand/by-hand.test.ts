import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { isRunning, sendSignal, waitUntil } from "../../../delivery/process-table";
import { ensureMotoEnvironment } from "../../../sandbox/aws/moto-environment";
import { confirmIdentity } from "../../../sandbox/aws/moto";
import { SandboxDirectory } from "../../../sandbox/run/directories";
import { processesOfRun } from "../../../sandbox/run/run-processes";
import { readRunRecord, type RunRecord } from "../../../sandbox/run/run-record";
import { temporaryDirectory } from "../../support/temporary-directory";
import { type CommandResult, sandbox } from "../support/command-line";

// Python's programs start in seconds when the machine is busy.
jest.setTimeout(60_000);

const directory = new SandboxDirectory(undefined, join(temporaryDirectory(), "sandbox"));
const command = (...args: readonly string[]): Promise<CommandResult> =>
  sandbox(directory.path, args);

/** The record of the sandbox that is up. */
function record(): RunRecord & Required<Pick<RunRecord, "services">> {
  const found = readRunRecord(directory.byHand);
  if (!found?.services) throw new Error("the sandbox is not up");
  return { ...found, services: found.services };
}

beforeAll(async () => {
  const { python } = new SandboxDirectory();
  await ensureMotoEnvironment(python);
  mkdirSync(directory.path);
  symlinkSync(python, directory.python);
}, 300_000);

afterAll(() => command("down"));

test("what `up` starts outlives it, and `status` tells it", async () => {
  expect(await command("up")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/\nnext: npm run sandbox -- deploy\n$/),
    stderr: "",
  });
  const { nonce, owner, services } = record();
  expect(isRunning(owner)).toBe(true);
  await confirmIdentity(services.worldUrl, nonce);
  await confirmIdentity(services.awsUrl, nonce);
  const { exitCode, stdout } = await command("status");

  expect(exitCode).toBe(0);
  expect(stdout.split("\n")).toEqual([
    expect.stringMatching(
      `^up since 20.*Z: Confluent ${services.worldUrl}, AWS ${services.awsUrl}$`,
    ),
    ...processesOfRun(nonce).map(({ pid, program }) => `  process ${pid} ${program}`),
    "  0 objects and states",
    `  files: ${directory.byHand.path}`,
    "",
  ]);
  expect(processesOfRun(nonce)).toHaveLength(3);
});

test("a second `up` keeps what runs", async () => {
  const before = record();

  expect((await command("up")).stdout).toContain(`already up since ${before.startedAt}: `);
  expect(record()).toEqual(before);
});

test("there is nothing to destroy before the first deployment", async () => {
  expect(await command("destroy")).toMatchObject({
    exitCode: 1,
    stderr: "nothing was deployed: deploy it with `npm run sandbox -- deploy`\n",
  });
});

test("a world that has died is named with its log, by `status` and by a command that needs it", async () => {
  const { nonce, services } = record();
  const pid = await confirmIdentity(services.worldUrl, nonce);
  process.kill(pid, "SIGKILL");
  await waitUntil(() => processesOfRun(nonce).length === 2, 5_000);
  const died = `the sandbox world has died in the middle of the work: ${services.worldUrl} is not answered by the server that was started, but by nobody\nits log: ${directory.byHand.worldLog}\n`;

  const status = await command("status");
  expect(status.stderr).toBe(`${died}start anew with \`npm run sandbox -- down\`, then \`up\`\n`);
  expect(status.exitCode).toBe(1);
  expect((await command("destroy")).stderr.startsWith(died)).toBe(true);
});

test("a keeper that was killed takes the clouds with it; `up` says so and starts anew", async () => {
  const { nonce, owner, startedAt } = record();
  sendSignal(owner.pid, "SIGKILL");
  await waitUntil(() => processesOfRun(nonce).length === 0, 10_000);
  expect(processesOfRun(nonce)).toEqual([]);
  expect((await command("status")).stdout).toMatch(/^the sandbox is not up: /);

  expect((await command("up")).stdout).toContain(
    `the sandbox of ${startedAt} was cut off, and its AWS, kept in memory, with it: starting anew\n`,
  );
  expect(record().nonce).not.toBe(nonce);
  expect(readFileSync(directory.byHand.recordFile, "utf8")).not.toContain(nonce);
});

test("`down` ends everything and removes the files", async () => {
  const { nonce } = record();

  expect((await command("down")).stdout).toMatch(/\nstopped; nothing is left of it\n$/);
  expect(processesOfRun(nonce)).toEqual([]);
  expect(readRunRecord(directory.byHand)).toBeUndefined();
});
