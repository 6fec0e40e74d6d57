/** What an API key opens: a Kafka cluster, a Schema Registry, Flink in a region, or Tableflow. */
export interface ManagedResource {
  /** The service in a word, for the names of keys. */
  readonly service: "kafka" | "schema-registry" | "flink" | "tableflow";

  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly environmentId: string;
}
