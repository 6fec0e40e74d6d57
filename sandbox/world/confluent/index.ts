import { apiKey } from "./api-key";
import { connector } from "./connector";
import { environment } from "./environment";
import { flinkComputePool } from "./flink-compute-pool";
import { flinkMaterializedTable } from "./flink-materialized-table";
import { flinkRegion } from "./flink-region";
import { flinkStatement } from "./flink-statement";
import { kafkaCluster } from "./kafka-cluster";
import { kafkaTopic } from "./kafka-topic";
import type { DataSource, ManagedResource } from "./managed-resource";
import { organization } from "./organization";
import { roleBinding } from "./role-binding";
import { schema } from "./schema";
import { schemaRegistryCluster } from "./schema-registry-cluster";
import { serviceAccount } from "./service-account";
import { subjectConfig } from "./subject-config";

/** Resource types that the world has, by Terraform's name. */
export const resources: Readonly<Record<string, ManagedResource | undefined>> = {
  confluent_api_key: apiKey,
  confluent_connector: connector,
  confluent_environment: environment,
  confluent_flink_compute_pool: flinkComputePool,
  confluent_flink_materialized_table: flinkMaterializedTable,
  confluent_flink_statement: flinkStatement,
  confluent_kafka_cluster: kafkaCluster,
  confluent_kafka_topic: kafkaTopic,
  confluent_role_binding: roleBinding,
  confluent_schema: schema,
  confluent_service_account: serviceAccount,
  confluent_subject_config: subjectConfig,
};

/** Data source types that the world has, by Terraform's name. */
export const dataSources: Readonly<Record<string, DataSource | undefined>> = {
  confluent_flink_region: flinkRegion,
  confluent_organization: organization,
  confluent_schema_registry_cluster: schemaRegistryCluster,
};
