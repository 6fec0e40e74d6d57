import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import type { ChangeCounts } from "../../delivery/plan-summary";
import type { FlinkEngine } from "../run/engine";
import type { FunctionReport } from "./function-report";
import type { SecretCounts } from "./planted-secrets";
import type { StatementReport } from "./statements";
import { tableLines } from "./table-lines";
import { messageOf, UserError } from "../../delivery/user-error";

/** What a run has shown: the content of `--report FILE`. */
export interface SandboxReport {
  readonly environment: string;
  readonly stacks: readonly StackReport[];
  /** Changes, drift and output changes that a plan found right after the deployment, in all stacks. */
  readonly secondPlanChanges: number;
  readonly change: ChangeCounts;
  readonly destroySeconds: number;
  /** Objects, processes and non-empty states that still existed after the end. */
  readonly left: number;
  /** Secrets of API keys that the run made, and how many places outside their own stack's state held one. */
  readonly secrets: SecretCounts;
  /** By which engine the jobs came about that could by either. */
  readonly engine: FlinkEngine;
  /** Flink's statements after each phase. */
  readonly statements: readonly StatementReport[];
  /** How the functions ran that deploy them. */
  readonly functions: FunctionReport;
  /** Calls that the world has answered. */
  readonly journalCalls: number;
}

/** One deployed stack. */
export interface StackReport {
  readonly name: string;
  /** Managed resources in its state after the first deployment. */
  readonly resources: number;
  readonly deploySeconds: number;
}

/**
 * Makes room for a report before the run that takes minutes, and removes an earlier run's, which must not be taken for this one's.
 * @throws UserError when no file can be written there
 */
export function prepareReport(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    throw new UserError(
      `the report cannot be written to ${file} (${messageOf(error)}): name another file with --report`,
      { cause: error },
    );
  }
}

/** Writes the report as JSON. */
export function writeReport(file: string, report: SandboxReport): void {
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

/** The report as a table for the end of a run. */
export function summaryLines(report: SandboxReport, totalSeconds: number): readonly string[] {
  const { add, change, replace, destroy } = report.change;
  return [
    ...tableLines(
      [
        ["stack", "resources", "deployed in"],
        ...report.stacks.map(({ name, resources, deploySeconds }) => [
          name,
          String(resources),
          seconds(deploySeconds),
        ]),
      ],
      { right: [1, 2] },
    ),
    "",
    ...statementLines(report.statements),
    "",
    `second plan  ${report.secondPlanChanges === 0 ? "nothing to do" : `${report.secondPlanChanges} changes`}`,
    `change       ${add} added, ${change} changed, ${replace} replaced, ${destroy} destroyed, as the scenario says`,
    `functions    ${functionLine(report.functions)}`,
    `destroy      ${seconds(report.destroySeconds)}`,
    `left         ${report.left === 0 ? "nothing" : report.left}`,
    `secrets      ${report.secrets.found === 0 ? `${report.secrets.planted}, in no file but their own state` : `found in ${report.secrets.found} places`}`,
    `world        ${report.journalCalls} calls`,
    `total        ${seconds(totalSeconds)}`,
  ];
}

/** A line for each statement, with what had become of it after each phase. */
function statementLines(entries: readonly StatementReport[]): readonly string[] {
  const phases = [...new Set(entries.map(({ phase }) => phase))];
  const names = [...new Set(entries.map(({ name }) => name))];
  return tableLines([
    ["statement", "engine", ...phases],
    ...names.map((name) => {
      const own = entries.filter((entry) => entry.name === name);
      const outcome = (phase: string): string =>
        own.find((entry) => entry.phase === phase)?.outcome.toLowerCase() ?? "";
      return [name, own[0]?.engine ?? "", ...phases.map(outcome)];
    }),
  ]);
}

function functionLine(functions: FunctionReport): string {
  const { invocations, failed, slowestSeconds, peakMebibytes, memoryLimits } = functions;
  const peak = peakMebibytes === undefined ? "" : `, at most ${peakMebibytes} MiB`;
  return `${invocations} invocations, ${failed} failed as they should, at most ${seconds(slowestSeconds)}${peak} (memory limits: ${memoryLimits})`;
}

function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
