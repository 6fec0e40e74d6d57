import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import { isRecord } from "../../delivery/json";
import { isProcessIdentity, type ProcessIdentity } from "../../delivery/process-table";
import { parseJson } from "../aws/parse-json";
import type { RunDirectory } from "./directories";
import { type FlinkEngine, isEngine } from "./engine";

/** What a run directory says about its run, so that another command can use it, or clear up after it. */
export interface RunRecord {
  /** A UUID, known to all processes of the run, and to nobody else. */
  readonly nonce: string;
  /** The process that holds the run together. */
  readonly owner: ProcessIdentity;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Where the clouds are. @default - not started yet */
  readonly services?: ServiceUrls;
  /** By which engine jobs come about that could by either. @default "table-api" */
  readonly engine?: FlinkEngine;
  /** Whether the run came to its end, good or bad, and left no process. */
  readonly ended: boolean;
}

/** Where the sandbox's clouds are. */
export interface ServiceUrls {
  readonly worldUrl: string;
  readonly awsUrl: string;
}

/** Writes the record; a reader sees the old one or the new one. */
export function writeRunRecord(run: RunDirectory, record: RunRecord): void {
  const draft = `${run.recordFile}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(draft, run.recordFile);
}

/** The record; undefined when there is none, or one that another version wrote or a power cut damaged. */
export function readRunRecord(run: RunDirectory): RunRecord | undefined {
  if (!existsSync(run.recordFile)) return undefined;
  const record = parseJson(readFileSync(run.recordFile, "utf8"));
  return isRunRecord(record) ? record : undefined;
}

/** Processes are found, and ended, by the nonce: nothing that another program could hold by chance is one. */
const NONCE = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

function isRunRecord(value: unknown): value is RunRecord {
  return (
    isRecord(value) &&
    typeof value["nonce"] === "string" &&
    NONCE.test(value["nonce"]) &&
    isProcessIdentity(value["owner"]) &&
    typeof value["startedAt"] === "string" &&
    (value["engine"] === undefined || isEngine(value["engine"])) &&
    (value["services"] === undefined || isServiceUrls(value["services"])) &&
    typeof value["ended"] === "boolean"
  );
}

/** Whether a parsed JSON value is {@link ServiceUrls}. */
export function isServiceUrls(value: unknown): value is ServiceUrls {
  return (
    isRecord(value) && typeof value["worldUrl"] === "string" && typeof value["awsUrl"] === "string"
  );
}
