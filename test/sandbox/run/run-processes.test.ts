import { randomUUID } from "node:crypto";

import { isRunning } from "../../../delivery/process-table";
import { endProcessesOfRun, processesOfRun } from "../../../sandbox/run/run-processes";
import { RUN_VARIABLE } from "../../../sandbox/terraform/terraform-environment";
import { endProgramsAfterwards, startProgram, STAY } from "../support/programs";

endProgramsAfterwards();

/** Starts `source` in a process of its own that outlives its parent. */
function detached(source: string): string {
  const code = JSON.stringify(source);
  return `require("child_process").spawn(process.execPath, ["-e", ${code}], { detached: true, stdio: "ignore" }).unref()`;
}

const names = (nonce: string): string[] => processesOfRun(nonce).map(({ program }) => program);

test("a process belongs to the run that its environment names", async () => {
  const nonce = randomUUID();
  const { pid, startedAt } = await startProgram(STAY, { [RUN_VARIABLE]: nonce });
  const other = await startProgram(STAY, { [RUN_VARIABLE]: randomUUID() });

  expect(processesOfRun(nonce)).toEqual([{ pid, startedAt, program: "node" }]);
  expect(await endProcessesOfRun(nonce)).toEqual([{ pid, startedAt, program: "node" }]);
  expect(processesOfRun(nonce)).toEqual([]);
  expect(isRunning(other)).toBe(true);
});

test("a process belongs to the run that its command line names", async () => {
  const nonce = randomUUID();
  const { pid } = await startProgram(`${STAY}/* ${nonce} */`);

  expect(processesOfRun(nonce)).toMatchObject([{ pid }]);
  await endProcessesOfRun(nonce);
  expect(processesOfRun(nonce)).toEqual([]);
});

test("the asking process is not one of them", () => {
  const [, script = ""] = process.argv;
  expect(processesOfRun(script).filter(({ pid }) => pid === process.pid)).toEqual([]);
});

test("children that outlived their parents are found and ended", async () => {
  const nonce = randomUUID();
  await startProgram(detached(STAY), { [RUN_VARIABLE]: nonce });
  await startProgram(STAY, { [RUN_VARIABLE]: nonce });

  expect(names(nonce).length).toBeGreaterThanOrEqual(2);
  await endProcessesOfRun(nonce);
  expect(names(nonce)).toEqual([]);
});

test("what a process starts while it is being ended is ended too", async () => {
  const nonce = randomUUID();
  const onTerm = `process.on("SIGTERM", () => { ${detached(STAY)}; process.exit() })`;
  await startProgram(`${onTerm};${STAY}`, { [RUN_VARIABLE]: nonce });

  expect(await endProcessesOfRun(nonce)).toHaveLength(2);
  expect(names(nonce)).toEqual([]);
});

test("nothing is left to end of a run that has ended", async () => {
  expect(await endProcessesOfRun(randomUUID())).toEqual([]);
});
