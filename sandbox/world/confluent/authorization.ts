import { covers, parseCrn } from "./crn";
import type { ConfluentCloud } from "./cloud";
import { allows, roles, rolesAllowing } from "./roles";

/** A thing that someone wants to do to a resource. */
export interface Permission {
  /** Confluent's name, such as `DescribeConfigs`. */
  readonly operation: string;
  /** The resource's full name. */
  readonly crn: string;
}

/** Asks the role bindings as they are now: a revoked one counts at the next call. */
export function isAllowed(
  cloud: ConfluentCloud,
  principalId: string,
  { operation, crn }: Permission,
): boolean {
  const resource = parseCrn(crn);
  const type = resource?.at(-1)?.type;
  if (resource === undefined || type === undefined) {
    throw new Error(`permission on ${JSON.stringify(crn)}, which is no resource name`);
  }
  return cloud.roleBindings.all().some((binding) => {
    const role = roles.get(binding.roleName);
    const pattern = parseCrn(binding.crnPattern);
    return (
      binding.principal === `User:${principalId}` &&
      role !== undefined &&
      pattern !== undefined &&
      allows(role, type, operation) &&
      covers(pattern, resource)
    );
  });
}

/** What the principal lacks and which roles would give it. */
export function explainDenial(principalId: string, { operation, crn }: Permission): string {
  const type = parseCrn(crn)?.at(-1)?.type ?? "";
  return `${principalId} may not ${operation} ${crn}; roles that allow it: ${rolesAllowing(type, operation)}`;
}
