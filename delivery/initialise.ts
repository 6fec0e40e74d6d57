import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { DeliveryContext } from "./context";
import { isRecord } from "./json";
import type { CommandLog } from "./log-directory";
import type { SynthesizedStack } from "./manifest";
import { queryTerraform } from "./terraform";

/**
 * Runs `terraform init` unless the directory is initialised for exactly the backend and providers it asks for now.
 * (Asking Terraform costs seconds: it hashes every provider.)
 */
export async function ensureInitialised(
  context: DeliveryContext,
  stack: SynthesizedStack,
  log: CommandLog,
): Promise<void> {
  const stamp = stampFile(stack);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === requirementsHash(stack)) return;
  await queryTerraform(context, stack, log, {
    arguments: ["init", "-input=false", "-no-color"],
    output: "log",
  });
  markInitialised(stack);
}

/** Notes that a directory has just been initialised, by us or by cdktf. */
export function markInitialised(stack: SynthesizedStack): void {
  mkdirSync(dirname(stampFile(stack)), { recursive: true });
  writeFileSync(stampFile(stack), requirementsHash(stack));
}

function stampFile(stack: SynthesizedStack): string {
  return join(stack.directory, ".terraform", "initialised-for");
}

/** A hash of the `terraform` blocks of all files in the directory, override files included. */
function requirementsHash({ directory }: SynthesizedStack): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(directory)
    .filter((name) => name.endsWith(".tf.json"))
    .sort()) {
    const configuration: unknown = JSON.parse(readFileSync(join(directory, file), "utf8"));
    if (isRecord(configuration)) hash.update(JSON.stringify(configuration["terraform"] ?? {}));
  }
  return hash.digest("hex");
}
