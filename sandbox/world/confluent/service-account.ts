import { alphabets, derive } from "../identifiers";
import { Refusal } from "../refusal";
import { text, type TerraformObject } from "../values";
import type { ConfluentCloud } from "./cloud";
import { requireCloudKey } from "./control-plane";
import type { Call, ManagedResource } from "./managed-resource";
import type { ServiceAccount } from "./objects";
import { wording } from "./wording";

/** `confluent_service_account`. Display names are unique in the organization. */
export const serviceAccount: ManagedResource = {
  wording: wording("service account"),

  create({ cloud, provider, planned }) {
    requireCloudKey(provider);
    const displayName = text(planned, "display_name");
    refuseTakenName(cloud, displayName);
    const created = cloud.serviceAccounts.put({
      id: `sa-${derive(alphabets.lower, 6, ...cloud.identifiers.next("service-account", [displayName]))}`,
      displayName,
      description: text(planned, "description"),
    });
    return { state: attributes(created) };
  },

  read({ cloud, provider, prior }) {
    requireCloudKey(provider);
    const found = cloud.serviceAccounts.get(text(prior, "id"));
    return found === undefined ? null : attributes(found);
  },

  update(call) {
    const { cloud, planned } = call;
    const before = existing(call);
    const displayName = text(planned, "display_name");
    if (displayName !== before.displayName) {
      refuseTakenName(cloud, displayName);
    }
    const description = text(planned, "description");
    return {
      state: attributes(cloud.serviceAccounts.put({ ...before, displayName, description })),
    };
  },

  /** Its keys and role bindings are deleted with it, as Confluent documents. */
  delete(call) {
    const { cloud } = call;
    const { id } = existing(call);
    cloud.serviceAccounts.delete(id);
    cloud.apiKeys.deleteWhere(({ ownerId }) => ownerId === id);
    cloud.roleBindings.deleteWhere(({ principal }) => principal === `User:${id}`);
  },

  importedState: (id) => ({ id }),
};

/** @throws Refusal when there is no such account */
export function serviceAccountOf(cloud: ConfluentCloud, id: string): ServiceAccount {
  const found = cloud.serviceAccounts.get(id);
  if (found === undefined) {
    throw new Refusal(404, "Service Account Not Found", `${JSON.stringify(id)} does not exist`);
  }
  return found;
}

function existing({ cloud, provider, prior }: Call): ServiceAccount {
  requireCloudKey(provider);
  return serviceAccountOf(cloud, text(prior, "id"));
}

function refuseTakenName(cloud: ConfluentCloud, displayName: string): void {
  const taken = cloud.serviceAccounts.find((account) => account.displayName === displayName);
  if (taken !== undefined) {
    throw new Refusal(
      409,
      "Service name is already in use.",
      `${taken.id} has the display name ${JSON.stringify(displayName)}`,
    );
  }
}

function attributes(account: ServiceAccount): TerraformObject {
  return {
    id: account.id,
    api_version: "iam/v2",
    kind: "ServiceAccount",
    display_name: account.displayName,
    description: account.description,
  };
}
