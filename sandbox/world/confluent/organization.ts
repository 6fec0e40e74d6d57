import { ProviderRefusal } from "../refusal";
import { requireCloudKey } from "./control-plane";
import type { DataSource } from "./managed-resource";

/**
 * `data.confluent_organization`: the one that the world is. The provider has no call for it, it lists the environments
 * and cuts the name of the first; a new world has none.
 */
export const organization: DataSource = {
  wording: "error reading Environments",

  read(_config, { cloud, provider }) {
    requireCloudKey(provider);
    if (cloud.environments.all().length === 0) {
      throw new ProviderRefusal("no environments were found");
    }
    return { id: cloud.organizationId, resource_name: cloud.organizationCrn };
  },
};
