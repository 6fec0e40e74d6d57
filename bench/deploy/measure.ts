import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { UserError } from "../../delivery/user-error";

/** One call of the function. */
export interface Invocation {
  readonly task_root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: object;
}

/** What a call cost: from the start of the process to its answer. */
export interface Cost {
  readonly seconds: number;
  /** Of the processor: other work on the machine hardly changes them. */
  readonly cpu_seconds: number;
  readonly mebibytes: number;
}

interface Outcome extends Cost {
  readonly succeeded: boolean;
  readonly answer: string;
}

/** What {@link measure} runs invocations with. */
export interface Runtime {
  readonly project: string;
  /** An interpreter with the runtime client and boto3, and without the plugin. */
  readonly python: string;
  readonly handler: string;
  readonly scratch: string;
}

/**
 * Runs invocations one after the other, without keeping this process from answering them.
 *
 * @throws UserError with the function's answer when one of them fails
 */
export async function measure(
  runtime: Runtime,
  invocations: readonly Invocation[],
): Promise<readonly Cost[]> {
  const { project, python, handler, scratch } = runtime;
  const request = join(scratch, "invocations.json");
  writeFileSync(request, JSON.stringify({ handler, invocations }));
  const { stdout } = await promisify(execFile)(
    python,
    ["-s", join(project, "bench", "deploy", "invocations.py"), request],
    {
      env: { PATH: process.env["PATH"], PYTHONPATH: join(project, "sandbox", "aws") },
      maxBuffer: 2 ** 26,
    },
  );
  const outcomes = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Outcome);
  const failed = outcomes.find(({ succeeded }) => !succeeded);
  if (failed !== undefined) {
    throw new UserError(`the function failed: ${failed.answer}`);
  }
  return outcomes;
}
