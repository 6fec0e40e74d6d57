import type { ConfluentCloud } from "./cloud";
import type { FlinkComputePool, KafkaCluster, SchemaRegistry } from "./objects";

/** Full names and addresses of objects, in the one shape that the cloud gives them. */

export function kafkaClusterCrn(cloud: ConfluentCloud, cluster: KafkaCluster): string {
  return `${cloud.environmentCrn(cluster.environmentId)}/cloud-cluster=${cluster.id}`;
}

/** Of a topic, consumer group or transactional id. */
export function kafkaResourceCrn(
  cloud: ConfluentCloud,
  cluster: KafkaCluster,
  type: string,
  name: string,
): string {
  return `${kafkaClusterCrn(cloud, cluster)}/kafka=${cluster.id}/${type}=${encodeURIComponent(name)}`;
}

export function schemaRegistryCrn(cloud: ConfluentCloud, registry: SchemaRegistry): string {
  return `${cloud.environmentCrn(registry.environmentId)}/schema-registry=${registry.id}`;
}

export function subjectCrn(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  subject: string,
): string {
  return `${schemaRegistryCrn(cloud, registry)}/subject=${encodeURIComponent(subject)}`;
}

export function serviceAccountCrn(cloud: ConfluentCloud, serviceAccountId: string): string {
  return `${cloud.organizationCrn}/service-account=${serviceAccountId}`;
}

export function computePoolCrn(cloud: ConfluentCloud, pool: FlinkComputePool): string {
  return `${cloud.environmentCrn(pool.environmentId)}/flink-region=${regionId(pool)}/compute-pool=${pool.id}`;
}

/** The pool is part of the name, so that a role bound to one pool reaches that pool's statements and no others. */
export function statementCrn(cloud: ConfluentCloud, pool: FlinkComputePool, name: string): string {
  return `${computePoolCrn(cloud, pool)}/statement=${encodeURIComponent(name)}`;
}

/** `aws.us-east-1`. */
export function regionId({
  cloud,
  region,
}: {
  readonly cloud: string;
  readonly region: string;
}): string {
  return `${cloud.toLowerCase()}.${region}`;
}

/** A host of the data plane, without scheme and port. */
export function hostOf(object: KafkaCluster | SchemaRegistry): string {
  return `${object.hostLabel}.${object.region}.${object.cloud.toLowerCase()}.confluent.cloud`;
}

export function kafkaRestEndpoint(cluster: KafkaCluster): string {
  return `https://${hostOf(cluster)}:443`;
}

export function schemaRegistryEndpoint(registry: SchemaRegistry): string {
  return `https://${hostOf(registry)}`;
}
