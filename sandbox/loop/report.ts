import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import type { ChangeCounts } from "../../delivery/plan-summary";
import type { SecretCounts } from "./planted-secrets";
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
  const rows: [string, string, string][] = [
    ["stack", "resources", "deployed in"],
    ...report.stacks.map(({ name, resources, deploySeconds }): [string, string, string] => [
      name,
      String(resources),
      seconds(deploySeconds),
    ]),
  ];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const [first = 0, second = 0, third = 0] = widths;
  return [
    ...rows.map(([name, resources, duration]) =>
      `${name.padEnd(first)}  ${resources.padStart(second)}  ${duration.padStart(third)}`.trimEnd(),
    ),
    "",
    `second plan  ${report.secondPlanChanges === 0 ? "nothing to do" : `${report.secondPlanChanges} changes`}`,
    `change       ${add} added, ${change} changed, ${replace} replaced, ${destroy} destroyed, as the scenario says`,
    `destroy      ${seconds(report.destroySeconds)}`,
    `left         ${report.left === 0 ? "nothing" : report.left}`,
    `secrets      ${report.secrets.found === 0 ? `${report.secrets.planted}, in no file but their own state` : `found in ${report.secrets.found} places`}`,
    `world        ${report.journalCalls} calls`,
    `total        ${seconds(totalSeconds)}`,
  ];
}

function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
