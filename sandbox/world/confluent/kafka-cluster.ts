import { alphabets, derive } from "../identifiers";
import { Refusal } from "../refusal";
import { block, blocks, flag, idIn, known, number, text, type TerraformObject } from "../values";
import { deleteBindingsInside } from "./cascade";
import type { ConfluentCloud } from "./cloud";
import { forbidden, requireCloudKey } from "./control-plane";
import { environmentOf } from "./environment";
import { reference, type Call, type ManagedResource } from "./managed-resource";
import type { ClusterTier, KafkaCluster } from "./objects";
import { hostOf, kafkaClusterCrn, kafkaRestEndpoint } from "./resource-names";
import { ensureSchemaRegistry, releaseSchemaRegistry } from "./schema-registry";
import { quote, wording } from "./wording";

const tiers: readonly ClusterTier[] = ["basic", "standard", "dedicated", "enterprise", "freight"];

/** Elastic units that a new cluster gets when none are asked for. */
const defaultMaxEcku = {
  basic: 50,
  standard: 10,
  dedicated: 0,
  enterprise: 10,
  freight: 152,
} as const;

/** `confluent_kafka_cluster`. Ready as soon as it is created: the world has no latency of its own. */
export const kafkaCluster: ManagedResource = {
  wording: wording("Kafka Cluster", {
    reading: (prior) => `error reading Kafka Cluster ${quote(text(prior, "id"))}`,
  }),

  create({ cloud, provider, planned }) {
    requireCloudKey(provider);
    const environmentId = environmentOf(cloud, idIn(planned, "environment")).id;
    const displayName = text(planned, "display_name");
    const tier = tierOf(planned);
    checkAvailability(planned, tier);
    const identity = cloud.identifiers.next("kafka-cluster", [environmentId, displayName]);
    const created = cloud.kafkaClusters.put({
      id: `lkc-${derive(alphabets.lower, 6, "id", ...identity)}`,
      environmentId,
      displayName,
      availability: text(planned, "availability"),
      cloud: text(planned, "cloud"),
      region: text(planned, "region"),
      tier,
      maxEcku: number(tierBlock(planned, tier), "max_ecku") ?? defaultMaxEcku[tier],
      cku: number(tierBlock(planned, tier), "cku") ?? 0,
      encryptionKey: text(tierBlock(planned, tier), "encryption_key"),
      zones: tier === "dedicated" || tier === "freight" ? zonesOf(planned) : [],
      networkId: idIn(planned, "network"),
      byokKeyId: idIn(planned, "byok_key"),
      deletionProtection: flag(planned, "deletion_protection"),
      hostLabel: `pkc-${derive(alphabets.lower, 5, "host", ...identity)}`,
    });
    ensureSchemaRegistry(cloud, environmentId);
    return { state: { ...known(planned), ...attributes(cloud, created) } };
  },

  read({ cloud, provider, prior }) {
    requireCloudKey(provider);
    const found = cloud.kafkaClusters.get(text(prior, "id"));
    return found === undefined ? null : { ...prior, ...attributes(cloud, found) };
  },

  update(call) {
    const { cloud, planned } = call;
    const before = existing(call);
    const asked = tierOf(planned);
    // The provider sends no other change of tier, although it plans some of them as if it did.
    const tier = before.tier === "basic" && asked === "standard" ? asked : before.tier;
    checkAvailability(planned, tier);
    const updated = cloud.kafkaClusters.put({
      ...before,
      displayName: text(planned, "display_name"),
      deletionProtection: flag(planned, "deletion_protection"),
      tier,
      maxEcku: number(tierBlock(planned, tier), "max_ecku") ?? before.maxEcku,
      cku: number(tierBlock(planned, tier), "cku") ?? before.cku,
    });
    return { state: { ...known(planned), ...attributes(cloud, updated) } };
  },

  delete(call) {
    const { cloud } = call;
    const cluster = existing(call);
    if (cluster.deletionProtection) {
      throw new Refusal(
        409,
        `Cluster ${cluster.id} is protected from deletion`,
        "set deletion_protection to false and apply that first",
      );
    }
    cloud.kafkaClusters.delete(cluster.id);
    cloud.topics.deleteWhere(({ clusterId }) => clusterId === cluster.id);
    cloud.connectors.deleteWhere(({ clusterId }) => clusterId === cluster.id);
    cloud.materializedTables.deleteWhere(({ clusterId }) => clusterId === cluster.id);
    cloud.apiKeys.deleteWhere(({ managedResource }) => managedResource?.id === cluster.id);
    deleteBindingsInside(cloud, kafkaClusterCrn(cloud, cluster));
    releaseSchemaRegistry(cloud, cluster.environmentId);
  },

  importedState(id) {
    const [environmentId, clusterId, ...rest] = id.split("/");
    if (environmentId === undefined || clusterId === undefined || rest.length > 0) {
      throw new Refusal(400, "invalid format: expected '<env ID>/<Kafka cluster ID>'");
    }
    return { id: clusterId, environment: reference(environmentId) };
  },
};

/** @throws Refusal when there is no such cluster */
export function kafkaClusterOf(cloud: ConfluentCloud, id: string): KafkaCluster {
  const found = cloud.kafkaClusters.get(id);
  if (found === undefined) {
    throw forbidden(`Kafka cluster ${JSON.stringify(id)}`);
  }
  return found;
}

function existing({ cloud, provider, prior }: Call): KafkaCluster {
  requireCloudKey(provider);
  return kafkaClusterOf(cloud, text(prior, "id"));
}

function tierOf(planned: TerraformObject): ClusterTier {
  const tier = tiers.find((candidate) => blocks(planned, candidate).length > 0);
  if (tier === undefined) {
    throw new Refusal(400, `one of ${tiers.join(", ")} must be specified`);
  }
  return tier;
}

function tierBlock(planned: TerraformObject, tier: ClusterTier): TerraformObject {
  return block(planned, tier) ?? {};
}

/** What the cloud refuses and the provider lets pass, at least under the newer name of the same availability. */
function checkAvailability(planned: TerraformObject, tier: ClusterTier): void {
  const units = number(tierBlock(planned, tier), "cku") ?? 0;
  if (tier === "dedicated" && units < (isHigh(planned) ? 2 : 1)) {
    throw new Refusal(
      400,
      `A dedicated cluster with availability ${text(planned, "availability")} needs at least ${isHigh(planned) ? 2 : 1} CKUs`,
      `got ${units}`,
    );
  }
  if (tier === "freight" && !isHigh(planned)) {
    throw new Refusal(400, "A freight cluster is available in several zones only, as HIGH");
  }
}

function isHigh(planned: TerraformObject): boolean {
  return ["MULTI_ZONE", "HIGH"].includes(text(planned, "availability"));
}

/** Availability zones by id, one for a low availability and three for a high one. */
function zonesOf(planned: TerraformObject): readonly string[] {
  return ["a", "b", "c"]
    .slice(0, isHigh(planned) ? 3 : 1)
    .map((zone) => `${text(planned, "region")}${zone}`);
}

function attributes(cloud: ConfluentCloud, cluster: KafkaCluster): TerraformObject {
  const { tier, maxEcku, zones } = cluster;
  const ownTier =
    tier === "dedicated"
      ? { cku: cluster.cku, encryption_key: cluster.encryptionKey, zones }
      : { max_ecku: maxEcku, ...(tier === "freight" && { zones }) };
  return {
    id: cluster.id,
    api_version: "cmk/v2",
    kind: "Cluster",
    display_name: cluster.displayName,
    availability: cluster.availability,
    cloud: cluster.cloud,
    region: cluster.region,
    deletion_protection: cluster.deletionProtection,
    bootstrap_endpoint: `SASL_SSL://${hostOf(cluster)}:9092`,
    rest_endpoint: kafkaRestEndpoint(cluster),
    rbac_crn: kafkaClusterCrn(cloud, cluster),
    endpoints: [],
    ...Object.fromEntries(tiers.map((name) => [name, name === tier ? [ownTier] : []])),
    environment: reference(cluster.environmentId),
    network: reference(cluster.networkId),
    byok_key: reference(cluster.byokKeyId),
  };
}
