import { randomUUID } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";

import { ownIdentity } from "../../../delivery/process-table";
import { RunDirectory } from "../../../sandbox/run/directories";
import { readRunRecord, type RunRecord, writeRunRecord } from "../../../sandbox/run/run-record";
import { temporaryDirectory } from "../../support/temporary-directory";

const record: RunRecord = {
  nonce: randomUUID(),
  owner: ownIdentity(),
  startedAt: "2026-01-01T00:00:00.000Z",
  services: { worldUrl: "http://world", awsUrl: "http://aws" },
  ended: false,
};

test("a record is read as it was written, and replaced as a whole", () => {
  const run = new RunDirectory(temporaryDirectory());
  expect(readRunRecord(run)).toBeUndefined();
  writeRunRecord(run, record);
  expect(readRunRecord(run)).toEqual(record);
  writeRunRecord(run, { ...record, ended: true });

  expect(readRunRecord(run)).toEqual({ ...record, ended: true });
  expect(readdirSync(run.path)).toEqual(["run.json"]);
});

test("services may be absent", () => {
  const run = new RunDirectory(temporaryDirectory());
  const { nonce, owner, startedAt, ended } = record;
  writeRunRecord(run, { nonce, owner, startedAt, ended });

  expect(readRunRecord(run)).toEqual({ nonce, owner, startedAt, ended });
});

test.each<[string, string]>([
  ["a file that a power cut emptied", ""],
  ["half a file", JSON.stringify(record).slice(0, 40)],
  ["another version's", JSON.stringify({ ...record, ended: "no" })],
  ["an owner without a start time", JSON.stringify({ ...record, owner: { pid: 1 } })],
  ["services without an address", JSON.stringify({ ...record, services: { worldUrl: "x" } })],
  // Every process that holds the nonce is ended: this one would be all of them.
  ["an empty nonce", JSON.stringify({ ...record, nonce: "" })],
  ["a nonce that may be anybody's", JSON.stringify({ ...record, nonce: "node" })],
])("%s is no record", (_, text) => {
  const run = new RunDirectory(temporaryDirectory());
  writeFileSync(run.recordFile, text);

  expect(readRunRecord(run)).toBeUndefined();
});
