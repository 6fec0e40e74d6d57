import type { DeliveryContext } from "./context";
import { ensureInitialised } from "./initialise";
import { isRecord } from "./json";
import type { SynthesizedStack } from "./manifest";
import { queryTerraform } from "./terraform";

/** How many addresses a message names. */
const SHOWN = 3;

/**
 * The addresses of the managed resource instances in a stack's state, whatever its backend; empty when it was never
 * deployed. `terraform state list` would also do, but calls a missing state an error.
 */
export async function resourcesInState(
  context: DeliveryContext,
  stack: SynthesizedStack,
): Promise<readonly string[]> {
  const log = context.logs.next("state", stack);
  await ensureInitialised(context, stack, log);
  const { stdout } = await queryTerraform(context, stack, log, {
    arguments: ["state", "pull"],
    output: "returned",
  });
  return managedAddresses(stdout.trim() === "" ? { resources: [] } : JSON.parse(stdout));
}

/** The addresses of the managed resource instances in a state file. @throws Error when it is not one */
export function managedAddresses(state: unknown): string[] {
  if (!isRecord(state) || !Array.isArray(state["resources"])) {
    throw new Error("not a Terraform state: it lists no resources");
  }
  return state["resources"].flatMap((resource: unknown) => {
    if (!isRecord(resource) || resource["mode"] !== "managed") return [];
    const path = [resource["module"], resource["type"], resource["name"]]
      .filter((part) => typeof part === "string")
      .join(".");
    const instances: unknown[] = Array.isArray(resource["instances"]) ? resource["instances"] : [];
    return instances.map((instance) => {
      const key = isRecord(instance) ? instance["index_key"] : undefined;
      return key === undefined ? path : `${path}[${JSON.stringify(key)}]`;
    });
  });
}

/** Resources in a message: how many, and the first of them. */
export function addressList(addresses: readonly string[]): string {
  const more = addresses.length > SHOWN ? ", …" : "";
  const noun = addresses.length === 1 ? "resource" : "resources";
  return `${addresses.length} ${noun} (${addresses.slice(0, SHOWN).join(", ")}${more})`;
}
