import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { SynthesizedStack } from "./manifest";

/**
 * Makes room for a stack's plan file, which holds secrets: a directory that only this user can enter, in the place where
 * the next command looks for what a killed one left. Its name is new each time: a Terraform that outlived its delivery can
 * neither write into this one nor, its own being gone, anywhere else.
 * @returns where Terraform may write the plan; {@link removePlanFiles} when it has been read
 */
export function newPlanFile(stack: SynthesizedStack): string {
  removePlanFiles(stack);
  mkdirSync(directoryOf(stack), { recursive: true });
  return join(mkdtempSync(join(directoryOf(stack), "private-")), "plan");
}

/** Removes a stack's plan file, and any that a killed command has left. */
export function removePlanFiles(stack: SynthesizedStack): void {
  rmSync(directoryOf(stack), { recursive: true, force: true });
}

function directoryOf({ directory }: SynthesizedStack): string {
  return join(directory, ".terraform", "plans");
}
