import type { Vendor } from "../vendor";
import { HttpWorld } from "../world/http-world";
import { NoWorld } from "../world/no-world";
import { apiKey } from "./api-key";
import { connector } from "./connector";
import { environment } from "./environment";
import { flinkComputePool, sameCloud } from "./flink-compute-pool";
import { flinkMaterializedTable } from "./flink-materialized-table";
import { flinkStatement } from "./flink-statement";
import { kafkaCluster } from "./kafka-cluster";
import { kafkaTopic } from "./kafka-topic";
import { checkProviderBlock, hasWorld, NO_WORLD, WORLD_VARIABLE } from "./provider-block";
import { roleBinding } from "./role-binding";
import { schema } from "./schema";
import { serviceAccount } from "./service-account";
import { subjectConfig } from "./subject-config";

/** Variables that are not named like their argument in capitals. */
const VARIABLES: Readonly<Record<string, string>> = {
  cloud_api_key: "CONFLUENT_CLOUD_API_KEY",
  cloud_api_secret: "CONFLUENT_CLOUD_API_SECRET",
  organization_id: "CONFLUENT_ORGANIZATION_ID",
  environment_id: "CONFLUENT_ENVIRONMENT_ID",
  max_retries: "TF_PROVIDER_CONFLUENT_MAX_RETRIES",
};

/** The Confluent provider, which is built on Terraform's SDK and so speaks protocol 5. */
export const confluent: Vendor = {
  name: "confluent",
  source: "registry.terraform.io/confluentinc/confluent",
  version: "2.83.0",
  protocol: 5,
  resources: {
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
  },
  dataSources: { confluent_flink_region: { sameAs: { cloud: sameCloud } } },
  sandboxVariables: { endpoint: WORLD_VARIABLE },
  environmentVariable: (argument) => VARIABLES[argument] ?? argument.toUpperCase(),
  checkConfiguration: checkProviderBlock,
  connect: (configuration) =>
    hasWorld(configuration)
      ? new HttpWorld(configuration.text("endpoint"), "confluent")
      : new NoWorld("there is no sandbox world", NO_WORLD),
};
