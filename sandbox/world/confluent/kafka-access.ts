import type { TerraformObject } from "../values";
import type { ConfluentCloud } from "./cloud";
import { authenticate, authorize } from "./data-plane-key";
import { dataPlaneArguments, ownArguments, requiredId, requireEndpoint } from "./data-plane-access";
import { kafkaClusterOf } from "./kafka-cluster";
import { reference } from "./managed-resource";
import type { KafkaCluster } from "./objects";
import { kafkaResourceCrn, kafkaRestEndpoint } from "./resource-names";

/** A caller of a cluster's REST API whose key was accepted. */
export interface KafkaCaller {
  readonly cluster: KafkaCluster;
  /** What the provider adds to the state about the call. */
  readonly ownArguments: TerraformObject;
  /** @throws Refusal when the key's owner lacks any of the operations */
  requireTopic(topic: string, ...operations: readonly string[]): void;
}

export function kafkaCaller(
  cloud: ConfluentCloud,
  provider: TerraformObject,
  resource: TerraformObject,
): KafkaCaller {
  const call = dataPlaneArguments(provider, resource, "kafka", [
    "kafka_api_key",
    "kafka_api_secret",
    "kafka_rest_endpoint",
  ]);
  const clusterId = requiredId(provider, "kafka_id", resource, "kafka_cluster");
  const principalId = authenticate(cloud, { ...call, opens: { id: clusterId } });
  const cluster = kafkaClusterOf(cloud, clusterId);
  requireEndpoint(call.restEndpoint, kafkaRestEndpoint(cluster));
  return {
    cluster,
    ownArguments: {
      ...ownArguments(call),
      ...(provider["kafka_id"] === undefined && { kafka_cluster: reference(clusterId) }),
    },
    requireTopic(topic, ...operations) {
      const crn = kafkaResourceCrn(cloud, cluster, "topic", topic);
      for (const operation of operations) {
        authorize(cloud, principalId, { operation, crn }, "Authorization failed");
      }
    },
  };
}
