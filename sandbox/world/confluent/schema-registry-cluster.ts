import { ProviderRefusal } from "../refusal";
import { idIn, text } from "../values";
import { requireCloudKey } from "./control-plane";
import { environmentOf } from "./environment";
import { reference, type DataSource } from "./managed-resource";
import { schemaRegistryCrn, schemaRegistryEndpoint } from "./resource-names";
import { schemaRegistryOf } from "./schema-registry";
import { quote } from "./wording";

const DISPLAY_NAME = "Stream Governance Package";

/** `data.confluent_schema_registry_cluster`. An environment has at most one, so a selector can only miss it. */
export const schemaRegistryCluster: DataSource = {
  wording: "error reading schema registry cluster",

  read(config, { cloud, provider }) {
    requireCloudKey(provider);
    const environment = environmentOf(cloud, idIn(config, "environment"));
    const registry = schemaRegistryOf(cloud, environment.id);
    const id = text(config, "id");
    const displayName = text(config, "display_name");
    if (registry === undefined) {
      throw new ProviderRefusal(
        `there are no schema registry clusters in ${quote(environment.id)} environment`,
      );
    }
    if (id !== "" && id !== registry.id) {
      throw new ProviderRefusal(`schema registry cluster ${quote(id)} was not found`);
    }
    if (displayName !== "" && displayName !== DISPLAY_NAME) {
      throw new ProviderRefusal(
        `schema registry cluster with "display_name"=${quote(displayName)} was not found`,
      );
    }
    const endpoint = schemaRegistryEndpoint(registry);
    const { region } = registry;
    const privateEndpoint = endpoint
      .replace(registry.hostLabel, registry.id)
      .replace(".confluent.cloud", ".private.confluent.cloud");
    return {
      id: registry.id,
      api_version: "srcm/v3",
      kind: "Cluster",
      display_name: DISPLAY_NAME,
      package: environment.governancePackage,
      cloud: registry.cloud,
      region,
      resource_name: schemaRegistryCrn(cloud, registry),
      rest_endpoint: endpoint,
      catalog_endpoint: endpoint,
      private_rest_endpoint: privateEndpoint,
      private_regional_rest_endpoints: { [region]: privateEndpoint },
      environment: reference(environment.id),
    };
  },
};
