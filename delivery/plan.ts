import type { DeliveryContext } from "./context";
import { ensureInitialised } from "./initialise";
import type { SynthesizedStack } from "./manifest";
import { newPlanFile, removePlanFiles } from "./plan-file";
import { countChanges, type PlanSummary, summarisePlan } from "./plan-summary";
import { queryTerraform } from "./terraform";

/** A stack's plan. */
export interface StackPlan {
  readonly stack: SynthesizedStack;
  readonly summary: PlanSummary;
  /** Terraform's JSON plan. It holds secrets in plain text: never print or upload it. */
  readonly json: unknown;
  /** Changes, drift and output changes together; zero only when Terraform, too, calls the plan empty. */
  readonly changeCount: number;
}

/** Exit codes of `terraform plan -detailed-exitcode`. */
const EMPTY = 0;
const CHANGES = 2;

/**
 * Plans one stack against its refreshed state, and changes nothing: no lock is taken, and the plan file is removed when it
 * has been read; should this process be killed before, the next command on the stack removes it.
 * @throws UserError when Terraform cannot plan.
 */
export async function planStack(
  context: DeliveryContext,
  stack: SynthesizedStack,
): Promise<StackPlan> {
  const log = context.logs.next("plan", stack);
  await ensureInitialised(context, stack, log);
  const planFile = newPlanFile(stack);
  try {
    const { exitCode } = await queryTerraform(context, stack, log, {
      arguments: [
        "plan",
        "-input=false",
        "-no-color",
        "-lock=false",
        "-detailed-exitcode",
        `-out=${planFile}`,
      ],
      output: "log",
      accept: [EMPTY, CHANGES],
    });
    const { stdout } = await queryTerraform(context, stack, log, {
      arguments: ["show", "-json", planFile],
      output: "returned",
    });
    const json: unknown = JSON.parse(stdout);
    const summary = summarisePlan(json);
    // Terraform's verdict counts even if this summary should know no name for what it found.
    const changeCount = Math.max(countChanges(summary), exitCode === CHANGES ? 1 : 0);
    return { stack, summary, json, changeCount };
  } finally {
    removePlanFiles(stack);
  }
}
