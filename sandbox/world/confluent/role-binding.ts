import { alphabets, derive } from "../identifiers";
import { Refusal } from "../refusal";
import { known, text, type TerraformObject } from "../values";
import type { ConfluentCloud } from "./cloud";
import { requireCloudKey } from "./control-plane";
import { checkCrnPattern } from "./crn-targets";
import type { ManagedResource } from "./managed-resource";
import type { RoleBinding } from "./objects";
import { createdNow } from "./propagation";
import { providerWait } from "./provider-waits";
import { roles } from "./roles";
import { serviceAccountOf } from "./service-account";
import { quote, wording } from "./wording";

type Grant = Pick<RoleBinding, "principal" | "roleName" | "crnPattern">;

const GONE = "Either unauthorized to access role binding or role binding does not exist";

/** `confluent_role_binding`. Counts after a while, which the provider waits for unless it is told not to. */
export const roleBinding: ManagedResource = {
  wording: wording("role binding", {
    creating: (planned) => `error creating role binding ${quote(text(planned, "principal"))}`,
  }),

  create({ cloud, provider, planned }) {
    requireCloudKey(provider);
    const principal = text(planned, "principal");
    const roleName = text(planned, "role_name");
    const crnPattern = text(planned, "crn_pattern");
    checkPrincipal(cloud, principal);
    const role = roles.get(roleName);
    if (role === undefined) {
      throw new Refusal(
        400,
        `Role ${roleName} does not exist`,
        `known: ${[...roles.keys()].join(", ")}`,
      );
    }
    const target = checkCrnPattern(cloud, crnPattern);
    if (!role.boundTo.includes(target)) {
      throw new Refusal(
        400,
        `Role ${roleName} cannot be bound to a resource of type ${target}`,
        `it can be bound to: ${role.boundTo.join(", ")}`,
      );
    }
    refuseDuplicate(cloud, { principal, roleName, crnPattern });
    const identity = cloud.identifiers.next("role-binding", [principal, roleName, crnPattern]);
    const created = cloud.roleBindings.put({
      id: `rb-${derive(alphabets.mixed, 6, ...identity)}`,
      principal,
      roleName,
      crnPattern,
      ...createdNow(cloud.clock, providerWait("confluent_role_binding", "create", planned)),
    });
    return { state: { ...known(planned), ...attributes(created) } };
  },

  read({ cloud, provider, prior }) {
    requireCloudKey(provider);
    const found = cloud.roleBindings.get(text(prior, "id"));
    return found === undefined ? null : { ...prior, ...attributes(found) };
  },

  /** Only `disable_wait_for_ready` may change, which the cloud does not know. */
  update({ provider, planned }) {
    requireCloudKey(provider);
    return { state: known(planned) };
  },

  delete({ cloud, provider, prior }) {
    requireCloudKey(provider);
    const id = text(prior, "id");
    if (!cloud.roleBindings.has(id)) {
      throw new Refusal(403, GONE);
    }
    cloud.roleBindings.delete(id);
  },

  importedState: (id) => ({ id, disable_wait_for_ready: false }),
};

function checkPrincipal(cloud: ConfluentCloud, principal: string): void {
  serviceAccountOf(cloud, principal.replace(/^User:/, ""));
}

function refuseDuplicate(cloud: ConfluentCloud, asked: Grant): void {
  const same = cloud.roleBindings.find(
    (binding) =>
      binding.principal === asked.principal &&
      binding.roleName === asked.roleName &&
      binding.crnPattern === asked.crnPattern,
  );
  if (same !== undefined) {
    throw new Refusal(409, "Role binding already exists", `it is ${same.id}`);
  }
}

function attributes(binding: RoleBinding): TerraformObject {
  return {
    id: binding.id,
    principal: binding.principal,
    role_name: binding.roleName,
    crn_pattern: binding.crnPattern,
  };
}
