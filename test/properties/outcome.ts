import { rmSync } from "node:fs";

import { App, TerraformStack } from "cdktf";
import * as stackTrace from "cdktf/lib/tokens/private/stack-trace";

import { setAllowDataLoss } from "../../constructs/core/data-protection";
import { InvalidValueError, ValidationError } from "../../constructs/core/errors";
import { synthApp, type SynthesizedStack } from "../support/synth";
import { temporaryDirectory } from "../support/temporary-directory";

// CDKTF writes down a stack trace with every attribute; with Jest's source maps that is three quarters of the time.
beforeAll(() => {
  jest.spyOn(stackTrace, "captureStackTrace").mockReturnValue([]);
});

/** How a synthesis may end: in JSON, or in an error that was written for a person. */
export type Outcome =
  | { readonly stacks: Readonly<Record<string, SynthesizedStack>> }
  | { readonly refusal: InvalidValueError };

/** Builds and synthesizes an app. Any other error passes through, and fails the property that asked. */
export function outcomeOf(build: (app: App) => void): Outcome {
  const outdir = temporaryDirectory();
  try {
    const app = new App({ outdir, skipValidation: false });
    build(app);
    const { stacks } = synthApp(app);
    expect(JSON.stringify(stacks)).toEqual(expect.not.stringContaining("TfToken["));
    return { stacks };
  } catch (error) {
    if (error instanceof InvalidValueError) {
      return { refusal: error };
    }
    throw error;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The outcome of one stack, named "test", in an environment that keeps its data. */
export function outcomeOfStack(build: (stack: TerraformStack) => void): Outcome {
  return outcomeOf((app) => {
    const stack = new TerraformStack(app, "test");
    setAllowDataLoss(stack, false);
    build(stack);
  });
}

/** The arguments of the one resource of a type, or the values for which the construct was refused. */
export type ResourceOrRefusal =
  { readonly resource: Record<string, unknown> } | { readonly refusedValues: readonly string[] };

/**
 * Looks into the stack "test".
 *
 * @param path of the construct that may refuse its props; a refusal must name it, and say of each value what it
 * must be instead.
 */
export function resourceOrRefusal(outcome: Outcome, type: string, path: string): ResourceOrRefusal {
  if ("stacks" in outcome) {
    const resources = Object.values(outcome.stacks["test"]?.resource?.[type] ?? {});
    expect(resources).toHaveLength(1);
    return { resource: resources[0] ?? {} };
  }
  const { refusal } = outcome;
  if (!(refusal instanceof ValidationError)) {
    throw refusal;
  }
  expect(refusal.message).toBe(`${path}: ${refusal.problems.join("; ")}`);
  return { refusedValues: refusal.problems.map(refusedValue) };
}

/** The value at the end of `<what> must <be so>, got <value>`. */
function refusedValue(problem: string): string {
  const [, value] = /^.+ must .+, got (.*)$/su.exec(problem) ?? [];
  return value ?? `no value or no remedy in ${JSON.stringify(problem)}`;
}
