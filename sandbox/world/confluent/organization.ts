import { requireCloudKey } from "./control-plane";
import type { DataSource } from "./managed-resource";

/** `data.confluent_organization`: the one that the world is. */
export const organization: DataSource = {
  wording: "error reading Environments",

  read(_config, { cloud, provider }) {
    requireCloudKey(provider);
    return { id: cloud.organizationId, resource_name: cloud.organizationCrn };
  },
};
