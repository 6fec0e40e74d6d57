import { secretDocument } from "../aws/secret-document";

/** Who an application acts as. */
export type ApplicationIdentity = "app_producer" | "app_consumer";

/** Clients that have a secret of their own: each reads its settings in its own vocabulary. */
export type ClientLanguage = "java_client" | "python_client";

/** Keys with which Terraform manages topics and schemas. */
export const streamsDocument = secretDocument({
  path: ["terraform", "streams"],
  description: "Keys with which Terraform manages topics and schemas",
  publicFields: [
    "kafka.cluster.id",
    "kafka.api.key",
    "schema.registry.id",
    "schema.registry.api.key",
  ],
  secretFields: ["kafka.api.secret", "schema.registry.api.secret"],
});

/**
 * The deployer's key, and where and as whom its statements run. One vocabulary for Terraform and for programs that
 * submit statements themselves.
 *
 * @param principal the runtime principal in lower-case words joined by "-"
 */
export function flinkDocument(principal: string) {
  return secretDocument({
    path: ["terraform", principal],
    description: `Key with which the statements of ${principal} are submitted`,
    publicFields: [
      "flink.cloud",
      "flink.region",
      "flink.api.key",
      "organization.id",
      "environment.id",
      "flink.compute.pool.id",
      "flink.principal.id",
    ],
    secretFields: ["flink.api.secret"],
  });
}

/** What a Java client needs to open the cluster, under the names of its own properties. */
export function kafkaJavaDocument(identity: ApplicationIdentity) {
  return secretDocument({
    path: ["kafka_cluster", identity, "java_client"],
    description: `Kafka key of ${identity} for Java clients`,
    publicFields: ["bootstrap.servers"],
    secretFields: ["sasl.jaas.config"],
  });
}

/** What a librdkafka client needs to open the cluster, under the names of its own properties. */
export function kafkaPythonDocument(identity: ApplicationIdentity) {
  return secretDocument({
    path: ["kafka_cluster", identity, "python_client"],
    description: `Kafka key of ${identity} for Python clients`,
    publicFields: ["bootstrap.servers", "sasl.username"],
    secretFields: ["sasl.password"],
  });
}

/** What a serializer needs to open the Schema Registry. */
export function schemaRegistryDocument(identity: ApplicationIdentity, client: ClientLanguage) {
  return secretDocument({
    path: ["schema_registry_cluster", identity, client],
    description: `Schema Registry key of ${identity} for ${client === "java_client" ? "Java" : "Python"} clients`,
    publicFields: ["schema.registry.url", "schema.registry.basic.auth.credentials.source"],
    secretFields: ["schema.registry.basic.auth.user.info"],
  });
}

/** The key with which Terraform turns topics into Iceberg tables. */
export const tableflowDocument = secretDocument({
  path: ["tableflow"],
  description: "Key with which Terraform turns topics into Iceberg tables",
  publicFields: ["tableflow.api.key", "environment.id", "kafka.cluster.id"],
  secretFields: ["tableflow.api.secret"],
});
