import { readFileSync } from "node:fs";

import type { DeliveryContext } from "./context";
import { isRecord } from "./json";
import type { SynthesizedStack } from "./manifest";
import { addressList, resourcesInState } from "./state";
import { UserError } from "./user-error";

/**
 * Refuses to destroy stacks that hold what Terraform may not destroy (`prevent_destroy`). Terraform would refuse as well,
 * but only when it gets there: the stacks that depend on the protected one would be gone by then.
 *
 * What counts is what is protected by the configuration and exists in the state.
 * @throws UserError that names the stacks, what they protect, and how to give the protection up.
 */
export async function refuseIfProtected(
  context: DeliveryContext,
  doomed: readonly SynthesizedStack[],
): Promise<void> {
  const reasons: string[] = [];
  for (const stack of doomed) {
    const resources = protectedResources(stack);
    if (resources.size === 0) continue;
    const held = (await resourcesInState(context, stack)).filter((address) =>
      resources.has(address.replace(/\[.*\]$/s, "")),
    );
    if (held.length > 0) reasons.push(`  ${stack.shortName} protects ${addressList(held)}`);
  }
  if (reasons.length === 0) return;
  throw new UserError(
    [
      `refusing to destroy ${doomed.map(({ shortName }) => shortName).join(", ")}; nothing was destroyed:`,
      ...reasons,
      "to lose their data, turn both keys: `protection: { protect: false, reason }` of the construct, and",
      "`allowDataLoss` of the environment; then synthesize, deploy, and destroy",
    ].join("\n"),
  );
}

/** The addresses, without instance keys, of the resources that a stack's configuration protects. */
function protectedResources({ configurationFile }: SynthesizedStack): ReadonlySet<string> {
  const configuration: unknown = JSON.parse(readFileSync(configurationFile, "utf8"));
  const types = isRecord(configuration) ? membersOf(configuration["resource"]) : [];
  const addresses = types.flatMap(([type, resources]) =>
    membersOf(resources)
      .filter(([, resource]) => isProtected(resource))
      .map(([name]) => `${type}.${name}`),
  );
  return new Set(addresses);
}

function isProtected(resource: unknown): boolean {
  const lifecycle = isRecord(resource) ? resource["lifecycle"] : undefined;
  return isRecord(lifecycle) && lifecycle["prevent_destroy"] === true;
}

function membersOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}
