import { randomUUID } from "node:crypto";

import type { Interruption } from "../../delivery/interruption";
import { ownIdentity } from "../../delivery/process-table";
import { print } from "../../delivery/program";
import type { SandboxDirectory } from "../run/directories";
import type { FlinkEngine } from "../run/engine";
import { OneCommandRun } from "./one-command-run";
import { PlanFiles } from "./plan-files";
import { recoverFromEarlierRuns } from "./recovery";
import { prepareReport, summaryLines, writeReport } from "./report";
import { type RunRecord, writeRunRecord } from "../run/run-record";
import { runTasks } from "../console/task-list";
import { Workspace } from "../run/workspace";

/** What to write, beside the run's own files. */
export interface RunOutput {
  /** A file for the report. @default - none */
  readonly report?: string;
  /** A directory for the plans' JSON. @default - none */
  readonly plans?: string;
  /** By which engine jobs come about that could by either. @default "table-api" */
  readonly engine?: FlinkEngine;
}

/**
 * The whole loop in one command, in a run directory of its own.
 * @throws UserError with the first thing that went wrong; nothing of the run is running then
 */
export async function runOnce(
  directory: SandboxDirectory,
  interruption: Interruption,
  { report: reportFile, plans, engine = "table-api" }: RunOutput,
): Promise<void> {
  if (reportFile !== undefined) prepareReport(reportFile);
  (await recoverFromEarlierRuns(directory)).forEach(print);
  const begin = performance.now();
  const startedAt = new Date();
  const nonce = randomUUID();
  const runDirectory = directory.newRun(startedAt);
  const workspace = new Workspace(directory, runDirectory, nonce, interruption, engine);
  const record: RunRecord = {
    nonce,
    owner: ownIdentity(),
    startedAt: startedAt.toISOString(),
    ended: false,
  };
  writeRunRecord(workspace.run, record);
  print(`AWS provider ${workspace.awsProviderOrigin}`);
  const run = new OneCommandRun(workspace, new PlanFiles(plans));
  try {
    await runTasks(run.tasks);
    interruption.throwIfRequested("the report was written");
  } catch (error) {
    throw await run.explain(error);
  } finally {
    await run.stop();
    writeRunRecord(workspace.run, { ...record, ended: true });
    print(`files of this run: ${workspace.run.path}`);
  }
  const report = run.report();
  if (reportFile !== undefined) writeReport(reportFile, report);
  ["", ...summaryLines(report, (performance.now() - begin) / 1000)].forEach(print);
  run.requireNothingLeft();
}
