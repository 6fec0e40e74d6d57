import { ProviderRefusal } from "../refusal";
import { text } from "../values";
import { requireCloudKey } from "./control-plane";
import { findFlinkRegion, flinkEndpoint } from "./flink-regions";
import type { DataSource } from "./managed-resource";
import { regionId } from "./resource-names";
import { quote } from "./wording";

/** `data.confluent_flink_region`. */
export const flinkRegion: DataSource = {
  wording: "error reading Flink region",

  read(config, { provider }) {
    requireCloudKey(provider);
    const found = findFlinkRegion(text(config, "cloud"), text(config, "region"));
    if (found === undefined) {
      throw new ProviderRefusal(
        `there aren't any Flink regions with "cloud"=${quote(text(config, "cloud"))}, "region"=${quote(text(config, "region"))}`,
      );
    }
    const endpoint = flinkEndpoint(found);
    return {
      id: regionId(found),
      api_version: "fcpm/v2",
      kind: "Region",
      cloud: text(config, "cloud"),
      region: found.region,
      rest_endpoint: endpoint,
      private_rest_endpoint: endpoint.replace(".confluent.cloud", ".private.confluent.cloud"),
    };
  },
};
