import { closeSync, openSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

import type { DeliveryContext } from "./context";
import { terraformErrors } from "./error-excerpt";
import type { CommandLog } from "./log-directory";
import type { SynthesizedStack } from "./manifest";
import { TerraformProcess } from "./terraform-process";
import type { TerraformOutcome } from "./terraform-record";
import { Interrupted, UserError } from "./user-error";

/** A Terraform command that changes nothing: everything else goes through cdktf. */
export interface TerraformQuery {
  readonly arguments: readonly string[];
  /** Whether its output goes to the log or is returned (plans and states in JSON hold secrets: never in a log). */
  readonly output: "log" | "returned";
  /** The exit codes of success. @default [0] */
  readonly accept?: readonly number[];
}

/** How a query ended, and what it printed when that was asked for. */
export interface TerraformAnswer extends TerraformOutcome {
  readonly stdout: string;
}

/**
 * Runs a query in a stack's directory.
 * @throws UserError when it ends with another exit code; names stack, command, exit code and log.
 * @throws Interrupted when a stop signal came before or meanwhile.
 */
export async function queryTerraform(
  context: DeliveryContext,
  stack: SynthesizedStack,
  { logFile, recordFile }: CommandLog,
  query: TerraformQuery,
): Promise<TerraformAnswer> {
  const what = `terraform ${query.arguments[0] ?? ""} of ${stack.shortName}`;
  const { interruption } = context;
  interruption.throwIfRequested(what);
  const log = openSync(logFile, "a");
  const terraform = new TerraformProcess({
    terraform: context.terraform,
    arguments: query.arguments,
    directory: stack.directory,
    environment: context.environment,
    recordFile,
    stdio: ["ignore", query.output === "log" ? log : "pipe", log],
  });
  closeSync(log);
  const ignoreSignals = interruption.onRequest((signal, count) => {
    if (count > 2) terraform.kill();
    else terraform.relay(signal);
  });
  try {
    const stdout = terraform.stdout ? text(terraform.stdout) : "";
    const outcome = await terraform.ended;
    if (interruption.signal) {
      throw new Interrupted(interruption.signal, `${what} was stopped by ${interruption.signal}`);
    }
    if (!(query.accept ?? [0]).includes(outcome.exitCode)) {
      const how = outcome.signal
        ? `was killed by ${outcome.signal}`
        : `ended with exit code ${outcome.exitCode}`;
      const errors = terraformErrors(readFileSync(logFile, "utf8"));
      throw new UserError([`${what} ${how}`, errors, `log: ${logFile}`].filter(Boolean).join("\n"));
    }
    return { ...outcome, stdout: await stdout };
  } finally {
    ignoreSignals();
  }
}
