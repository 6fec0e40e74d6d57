import type { ConfluentCloud } from "./confluent/cloud";

/** One thing that exists. */
export interface InventoryItem {
  /** Terraform's type name. */
  readonly type: string;
  readonly id: string;
  readonly name: string;
  /** Whatever else tells a reader what it is; never a secret. */
  readonly [detail: string]: string | number | boolean;
}

/** Everything that exists and that somebody made: the organization is the world's own. */
export function inventory(cloud: ConfluentCloud): readonly InventoryItem[] {
  return [
    ...cloud.environments.all().map(({ id, displayName: name }) => ({
      type: "confluent_environment",
      id,
      name,
    })),
    ...cloud.kafkaClusters.all().map(({ id, displayName: name, tier }) => ({
      type: "confluent_kafka_cluster",
      id,
      name,
      tier,
    })),
    ...cloud.schemaRegistries.all().map(({ id, environmentId: name }) => ({
      type: "confluent_schema_registry_cluster",
      id,
      name,
    })),
    ...cloud.serviceAccounts.all().map(({ id, displayName: name }) => ({
      type: "confluent_service_account",
      id,
      name,
    })),
    ...cloud.roleBindings.all().map(({ id, principal, roleName, crnPattern }) => ({
      type: "confluent_role_binding",
      id,
      name: roleName,
      principal,
      crnPattern,
    })),
    ...cloud.apiKeys.all().map(({ id, displayName: name, ownerId, managedResource }) => ({
      type: "confluent_api_key",
      id,
      name,
      ownerId,
      opens: managedResource?.id ?? "cloud",
    })),
    ...cloud.computePools.all().map(({ id, displayName: name, maxCfu }) => ({
      type: "confluent_flink_compute_pool",
      id,
      name,
      maxCfu,
    })),
    ...cloud.statements.all().map(({ id, name, computePoolId, principalId, phase, detail }) => ({
      type: "confluent_flink_statement",
      id,
      name,
      computePoolId,
      principalId,
      phase,
      detail,
    })),
    ...cloud.materializedTables
      .all()
      .map(({ id, name, clusterId, computePoolId, principalId, phase, detail, columns }) => ({
        type: "confluent_flink_materialized_table",
        id,
        name,
        clusterId,
        computePoolId,
        principalId,
        phase,
        detail,
        columns: columns.join(","),
      })),
    ...cloud.topics.all().map(({ id, name, partitions }) => ({
      type: "confluent_kafka_topic",
      id,
      name,
      partitions,
    })),
    ...cloud.connectors.all().map(({ id, name, clusterId, status, trace }) => ({
      type: "confluent_connector",
      id,
      name,
      clusterId,
      status,
      trace,
    })),
    ...cloud.schemaVersions.all().map(({ id, subject: name, version, schemaId, softDeleted }) => ({
      type: "confluent_schema",
      id,
      name,
      version,
      schemaId,
      softDeleted,
    })),
    ...cloud.subjectConfigs.all().map(({ id, subject: name, compatibilityLevel }) => ({
      type: "confluent_subject_config",
      id,
      name,
      compatibilityLevel,
    })),
  ];
}
