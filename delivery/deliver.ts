import { runCdktf } from "./cdktf";
import type { CdktfCommand } from "./cdktf-verdict";
import type { DeliveryContext } from "./context";
import { refuseIfNeeded } from "./dependants";
import { markInitialised } from "./initialise";
import type { SynthesizedStack } from "./manifest";
import { removePlanFiles } from "./plan-file";
import { refuseIfProtected } from "./protection";

/** One stack, deployed or destroyed. */
export interface StackResult {
  readonly stack: SynthesizedStack;
  readonly seconds: number;
}

/** Hears of each stack as it begins and ends. */
export interface DeliveryListener {
  onBegin(stack: SynthesizedStack): void;
  onEnd(result: StackResult): void;
}

/**
 * Deploys stacks one after the other, each after the ones it depends on. Stops at the first failure.
 * @throws UserError that names the stack, what failed, and the log.
 */
export async function deployStacks(
  context: DeliveryContext,
  stacks: readonly SynthesizedStack[],
  listener?: DeliveryListener,
): Promise<readonly StackResult[]> {
  return runInOrder(
    inManifestOrder(context, stacks),
    (stack) => deployStack(context, stack),
    listener,
  );
}

/**
 * Destroys stacks one after the other, each before the ones it depends on. Stops at the first failure, and refuses to
 * begin when a stack outside the selection still needs one inside, or when a stack holds what Terraform may not destroy.
 * @throws UserError that names the stack, what failed, and the log.
 */
export async function destroyStacks(
  context: DeliveryContext,
  stacks: readonly SynthesizedStack[],
  listener?: DeliveryListener,
): Promise<readonly StackResult[]> {
  await refuseIfNeeded(context, stacks);
  await refuseIfProtected(context, inManifestOrder(context, stacks));
  return runInOrder(
    inManifestOrder(context, stacks).reverse(),
    (stack) => destroyStack(context, stack),
    listener,
  );
}

/** Deploys one stack; the ones it depends on have to be deployed. @throws UserError as {@link deployStacks} */
export async function deployStack(
  context: DeliveryContext,
  stack: SynthesizedStack,
): Promise<StackResult> {
  return deliverStack(context, "deploy", stack);
}

/** Destroys one stack; the ones that depend on it have to be gone. @throws UserError as {@link destroyStacks} */
export async function destroyStack(
  context: DeliveryContext,
  stack: SynthesizedStack,
): Promise<StackResult> {
  return deliverStack(context, "destroy", stack);
}

function inManifestOrder(
  { manifest }: DeliveryContext,
  stacks: readonly SynthesizedStack[],
): SynthesizedStack[] {
  return manifest.stacks.filter((stack) => stacks.includes(stack));
}

async function runInOrder(
  stacks: readonly SynthesizedStack[],
  run: (stack: SynthesizedStack) => Promise<StackResult>,
  listener: DeliveryListener | undefined,
): Promise<readonly StackResult[]> {
  const results: StackResult[] = [];
  for (const stack of stacks) {
    listener?.onBegin(stack);
    const result = await run(stack);
    results.push(result);
    listener?.onEnd(result);
  }
  return results;
}

async function deliverStack(
  context: DeliveryContext,
  command: CdktfCommand,
  stack: SynthesizedStack,
): Promise<StackResult> {
  const begin = performance.now();
  removePlanFiles(stack);
  await runCdktf(context, command, stack);
  markInitialised(stack);
  return { stack, seconds: (performance.now() - begin) / 1000 };
}
