import { alphabets, derive } from "../identifiers";
import { deleteBindingsInside } from "./cascade";
import type { ConfluentCloud } from "./cloud";
import type { SchemaRegistry } from "./objects";
import { schemaRegistryCrn } from "./resource-names";

/**
 * An environment with a governance package gets its Schema Registry with its first Kafka cluster, in that cluster's
 * cloud and region.
 */
export function ensureSchemaRegistry(cloud: ConfluentCloud, environmentId: string): void {
  const cluster = cloud.kafkaClusters.find(
    (candidate) => candidate.environmentId === environmentId,
  );
  const governed = cloud.environments.get(environmentId)?.governancePackage !== "";
  if (cluster === undefined || !governed || schemaRegistryOf(cloud, environmentId) !== undefined) {
    return;
  }
  const identity = cloud.identifiers.next("schema-registry", [environmentId]);
  cloud.schemaRegistries.put({
    id: `lsrc-${derive(alphabets.lower, 6, "id", ...identity)}`,
    environmentId,
    cloud: cluster.cloud,
    region: cluster.region,
    hostLabel: `psrc-${derive(alphabets.lower, 5, "host", ...identity)}`,
  });
}

/** The registry goes with the last cluster, and takes along its schemas, keys and role bindings. */
export function releaseSchemaRegistry(cloud: ConfluentCloud, environmentId: string): void {
  const registry = schemaRegistryOf(cloud, environmentId);
  const clusters = cloud.kafkaClusters.where((cluster) => cluster.environmentId === environmentId);
  if (registry === undefined || clusters.length > 0) {
    return;
  }
  cloud.schemaVersions.deleteWhere(({ registryId }) => registryId === registry.id);
  cloud.subjectConfigs.deleteWhere(({ registryId }) => registryId === registry.id);
  cloud.apiKeys.deleteWhere(({ managedResource }) => managedResource?.id === registry.id);
  deleteBindingsInside(cloud, schemaRegistryCrn(cloud, registry));
  cloud.schemaRegistries.delete(registry.id);
}

export function schemaRegistryOf(
  cloud: ConfluentCloud,
  environmentId: string,
): SchemaRegistry | undefined {
  return cloud.schemaRegistries.find((registry) => registry.environmentId === environmentId);
}
