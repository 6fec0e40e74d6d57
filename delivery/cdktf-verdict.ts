import { COMMAND_NOT_FOUND, type TerraformRun } from "./terraform-record";

/** The commands of cdktf that change something. */
export type CdktfCommand = "deploy" | "destroy";

/** How cdktf itself ended: one of the two is null. */
export interface CdktfExit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What cdktf makes of its own command. */
const TERRAFORM_COMMAND: Readonly<Record<CdktfCommand, string>> = {
  deploy: "apply",
  destroy: "destroy",
};

/**
 * Why a cdktf command failed; undefined when it did what it should.
 *
 * Success needs both: Terraform's own apply or destroy on record with exit code 0, and cdktf's exit code 0. (cdktf exits with
 * 0 when Terraform was killed, and with 1 when only reading the outputs failed.)
 */
export function explainFailure(
  command: CdktfCommand,
  exit: CdktfExit,
  runs: readonly TerraformRun[],
): string | undefined {
  const cdktf = describeExit("cdktf", exit);
  for (const { command: terraformCommand, outcome, process } of runs) {
    const terraform = `terraform ${terraformCommand}`;
    if (!outcome) {
      return `${terraform} (pid ${process?.pid ?? "unknown"}) was cut off: its supervisor was killed; ${cdktf}`;
    }
    if (outcome.exitCode === COMMAND_NOT_FOUND) {
      return `${terraform} could not be started (exit code ${COMMAND_NOT_FOUND}); ${cdktf}`;
    }
    if (outcome.exitCode !== 0) {
      return `${describeExit(terraform, { signal: null, ...outcome })}; ${cdktf}`;
    }
  }
  const expected = TERRAFORM_COMMAND[command];
  if (!runs.some((run) => run.command === expected))
    return `${cdktf} without running terraform ${expected}`;
  if (exit.exitCode !== 0) return `${cdktf} although terraform ${expected} succeeded`;
  return undefined;
}

function describeExit(program: string, { exitCode, signal }: CdktfExit): string {
  return signal === null
    ? `${program} ended with exit code ${exitCode}`
    : `${program} was killed by ${signal}`;
}
