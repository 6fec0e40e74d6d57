import type { SchemaType } from "../resource-type";
import type { ResourceChange } from "./rules";

/**
 * Why an update that was planned is refused when it is applied. Real providers guard their updates
 * with a list of arguments, and a plan does not show it.
 */
export function updateRefusal(
  { facts, code }: SchemaType,
  change: ResourceChange,
): string | undefined {
  if (!facts.updatable) return "doesn't support update";
  const { updatesAllowedOnly: allowed } = facts;
  const refused = change
    .changes()
    .filter((name) =>
      allowed === undefined
        ? facts.plannedInPlaceButRefused.includes(name)
        : !allowed.includes(name),
    );
  if (refused.length === 0) return undefined;
  return (
    code.updateRefusal?.(change.id, allowed ?? []) ??
    `error updating ${JSON.stringify(change.id)}: ${refused.join(", ")} cannot be updated`
  );
}
