import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  readTerraformRuns,
  recordTerraformRun,
  type TerraformRun,
} from "../../delivery/terraform-record";
import { temporaryDirectory } from "../support/temporary-directory";

const newFile = (): string => join(temporaryDirectory(), "record.ndjson");

const init: TerraformRun = {
  id: "a",
  command: "init",
  supervisor: { pid: 1, startedAt: "7" },
};
const apply: TerraformRun = { ...init, id: "b", command: "apply" };

test("there are no commands without a file", () => {
  expect(readTerraformRuns(newFile())).toEqual([]);
});

test("commands are in the order in which they began, each as it was recorded last", () => {
  const file = newFile();
  const ended: TerraformRun = { ...init, outcome: { exitCode: 137, signal: "SIGKILL" } };
  recordTerraformRun(file, init);
  recordTerraformRun(file, apply);
  recordTerraformRun(file, { ...apply, process: { pid: 2, startedAt: "8" } });
  recordTerraformRun(file, ended);

  expect(readTerraformRuns(file)).toEqual([
    ended,
    { ...apply, process: { pid: 2, startedAt: "8" } },
  ]);
});

test("a line that is being written is not read yet", () => {
  const file = newFile();
  recordTerraformRun(file, init);
  appendFileSync(file, `{"id":"b","comm`);

  expect(readTerraformRuns(file)).toEqual([init]);
});

test.each([
  "[]",
  `{"id":1,"command":"init","supervisor":{"pid":1,"startedAt":"7"}}`,
  `{"id":"a","supervisor":{"pid":1,"startedAt":"7"}}`,
  `{"id":"a","command":"init"}`,
  `{"id":"a","command":"init","supervisor":{"pid":"1","startedAt":"7"}}`,
  JSON.stringify({ ...init, process: {} }),
  JSON.stringify({ ...init, outcome: {} }),
  JSON.stringify({ ...init, outcome: { exitCode: 1, signal: "SIGNONE" } }),
])("%s is no record of a command", (line) => {
  const file = newFile();
  writeFileSync(file, `${line}\n`);

  expect(() => readTerraformRuns(file)).toThrow(`${file}: not a record of a Terraform command`);
});
