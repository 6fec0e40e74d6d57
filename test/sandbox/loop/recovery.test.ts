import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { isRunning, ownIdentity } from "../../../delivery/process-table";
import { RunDirectory, SandboxDirectory } from "../../../sandbox/run/directories";
import { recoverFromEarlierRuns } from "../../../sandbox/loop/recovery";
import { readRunRecord, type RunRecord, writeRunRecord } from "../../../sandbox/run/run-record";
import { RUN_VARIABLE } from "../../../sandbox/terraform/terraform-environment";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";
import { endedProgram, endProgramsAfterwards, startProgram, STAY } from "../support/programs";

endProgramsAfterwards();

const newDirectory = (): SandboxDirectory => new SandboxDirectory(undefined, temporaryDirectory());

/** A run that was cut off in the middle; its owner has gone. */
async function cutOff(
  directory: SandboxDirectory,
  name: string,
  change: Partial<RunRecord> = {},
): Promise<{ readonly run: RunDirectory; readonly record: RunRecord }> {
  const run = new RunDirectory(join(directory.runs, name)).create();
  const record: RunRecord = {
    nonce: randomUUID(),
    owner: await endedProgram(),
    startedAt: "2026-01-01T00:00:00.000Z",
    ended: false,
    ...change,
  };
  writeRunRecord(run, record);
  return { run, record };
}

test("where nothing has run, there is nothing to recover from", async () => {
  expect(await recoverFromEarlierRuns(newDirectory())).toEqual([]);
});

test("the processes of a run that was cut off are ended, its files stay, and both are told", async () => {
  const directory = newDirectory();
  const { run, record } = await cutOff(directory, "20260101T000000Z");
  writeFiles(run.path, { "state/platform.tfstate": "state", "logs/world.log": "log" });
  const left = await startProgram(STAY, { [RUN_VARIABLE]: record.nonce });

  expect(await recoverFromEarlierRuns(directory)).toEqual([
    `an earlier run (2026-01-01T00:00:00.000Z) was cut off; ended its processes node ${left.pid}; its files are in ${run.path}`,
  ]);
  expect(isRunning(left)).toBe(false);
  expect(existsSync(run.stateFile("platform"))).toBe(true);
  expect(existsSync(run.worldLog)).toBe(true);
  expect(readRunRecord(run)).toEqual({ ...record, ended: true });
  expect(await recoverFromEarlierRuns(directory)).toEqual([]);
});

test("a run that was cut off and has left no process is told, too", async () => {
  const directory = newDirectory();
  const { run } = await cutOff(directory, "20260101T000000Z");

  expect(await recoverFromEarlierRuns(directory)).toEqual([
    `an earlier run (2026-01-01T00:00:00.000Z) was cut off; none of its processes is left; its files are in ${run.path}`,
  ]);
});

test("a run whose owner's process id went to another process was cut off", async () => {
  const directory = newDirectory();
  await cutOff(directory, "20260101T000000Z", { owner: { pid: process.pid, startedAt: "1" } });

  expect(await recoverFromEarlierRuns(directory)).toHaveLength(1);
});

test("a run that goes on, one that has ended and one without a record are left alone", async () => {
  const directory = newDirectory();
  const { record } = await cutOff(directory, "20260101T000000Z", { owner: ownIdentity() });
  const process = await startProgram(STAY, { [RUN_VARIABLE]: record.nonce });
  await cutOff(directory, "20260101T000001Z", { ended: true });
  const { run } = await cutOff(directory, "20260101T000002Z");
  writeFileSync(run.recordFile, "");

  expect(await recoverFromEarlierRuns(directory)).toEqual([]);
  expect(isRunning(process)).toBe(true);
});

test("the files of the last three runs are kept", async () => {
  const directory = newDirectory();
  const names = ["20260101T000000Z", "20260102T000000Z", "20260103T000000Z", "20260104T000000Z"];
  for (const name of names) await cutOff(directory, name, { ended: true });

  await recoverFromEarlierRuns(directory);
  expect(readdirSync(directory.runs).sort()).toEqual(names.slice(1));
});
