import type { ConfluentCloud } from "./cloud";
import { covers, parseCrn } from "./crn";
import type { RoleBinding } from "./objects";
import { countsFrom, hasPropagated, ROLE_BINDING_DELAY } from "./propagation";
import { allows, roles, rolesAllowing } from "./roles";

/** A thing that someone wants to do to a resource. */
export interface Permission {
  /** Confluent's name, such as `DescribeConfigs`. */
  readonly operation: string;
  /** The resource's full name. */
  readonly crn: string;
}

/** Asks the role bindings as they are now: a revoked one counts at the next call, a new one after a while. */
export function isAllowed(
  cloud: ConfluentCloud,
  principalId: string,
  permission: Permission,
): boolean {
  return bindingsAllowing(cloud, principalId, permission).some((binding) =>
    hasPropagated(cloud.clock, binding, ROLE_BINDING_DELAY),
  );
}

function bindingsAllowing(
  cloud: ConfluentCloud,
  principalId: string,
  { operation, crn }: Permission,
): readonly RoleBinding[] {
  const resource = parseCrn(crn);
  const type = resource?.at(-1)?.type;
  if (resource === undefined || type === undefined) {
    throw new Error(`permission on ${JSON.stringify(crn)}, which is no resource name`);
  }
  const ofPrincipal = cloud.roleBindings.where(
    ({ principal }) => principal === `User:${principalId}`,
  );
  return ofPrincipal.filter(({ roleName, crnPattern }) => {
    const role = roles.get(roleName);
    const pattern = parseCrn(crnPattern);
    return (
      role !== undefined &&
      pattern !== undefined &&
      allows(role, type, operation) &&
      covers(pattern, resource)
    );
  });
}

/** What the principal lacks, and which roles would give it, or from when on the one that it has does. */
export function explainDenial(
  cloud: ConfluentCloud,
  principalId: string,
  permission: Permission,
): string {
  const { operation, crn } = permission;
  const denial = `${principalId} may not ${operation} ${crn}`;
  const [binding] = bindingsAllowing(cloud, principalId, permission);
  if (binding !== undefined) {
    return `${denial} yet; ${binding.id} (${binding.roleName}) allows it from ${countsFrom(binding, ROLE_BINDING_DELAY)} on`;
  }
  const type = parseCrn(crn)?.at(-1)?.type ?? "";
  return `${denial}; roles that allow it: ${rolesAllowing(type, operation)}`;
}
