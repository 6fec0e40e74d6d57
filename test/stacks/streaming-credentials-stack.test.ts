import { awsProvider, platformState, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

/** The three fields by which Confluent refers to an object. */
function objectReference(address: string): object {
  return {
    id: `\${${address}.id}`,
    api_version: `\${${address}.api_version}`,
    kind: `\${${address}.kind}`,
  };
}

/** An API key of one account that opens one thing. */
function apiKey(displayName: string, owner: string, opens: string): object {
  return {
    display_name: displayName,
    description: `${displayName}, managed by Terraform`,
    owner: objectReference(`confluent_service_account.${owner}`),
    managed_resource: {
      ...objectReference(opens),
      environment: [{ id: "${confluent_environment.Environment.id}" }],
    },
  };
}

/** A secret's value: written without a copy in state, and again whenever a public field changes. */
function secretValue(secret: string, publicFields: string, secretFields: string): object {
  return {
    secret_id: `\${aws_secretsmanager_secret.${secret}.arn}`,
    secret_string_wo: `\${jsonencode({${publicFields}, ${secretFields}})}`,
    secret_string_wo_version: `\${parseint(substr(sha256(jsonencode({${publicFields}})), 0, 13), 16)}`,
    lifecycle: { create_before_destroy: true },
  };
}

test.each(inEveryEnvironment("streaming-credentials"))(
  "%s: each identity owns the keys that it needs, and each secret holds one identity's",
  (_, config, stack, base) => {
    expect(stack).toEqual({
      terraform: terraformBlock(config, "streaming-credentials"),
      provider: { aws: [awsProvider(config, "streaming-credentials")], confluent: [{}] },
      data: platformState(config),
      resource: {
        confluent_api_key: {
          Streams_KafkaKey: apiKey(
            `${base}-streams-manager-kafka`,
            "StreamsManager",
            "confluent_kafka_cluster.KafkaCluster",
          ),
          Streams_SchemaRegistryKey: apiKey(
            `${base}-streams-manager-schema-registry`,
            "StreamsManager",
            "data.confluent_schema_registry_cluster.SchemaRegistry",
          ),
          FlightAnalytics_Key: apiKey(
            `${base}-flight-analytics-flink`,
            "FlightAnalytics_Account",
            "data.confluent_flink_region.FlinkRegion",
          ),
        },
        aws_secretsmanager_secret_version: {
          Streams_Value: secretValue(
            "StreamsSecret",
            '"kafka.cluster.id" = confluent_kafka_cluster.KafkaCluster.id, ' +
              '"kafka.api.key" = confluent_api_key.Streams_KafkaKey.id, ' +
              '"schema.registry.id" = data.confluent_schema_registry_cluster.SchemaRegistry.id, ' +
              '"schema.registry.api.key" = confluent_api_key.Streams_SchemaRegistryKey.id',
            '"kafka.api.secret" = confluent_api_key.Streams_KafkaKey.secret, ' +
              '"schema.registry.api.secret" = confluent_api_key.Streams_SchemaRegistryKey.secret',
          ),
          FlightAnalytics_Value: secretValue(
            "FlightAnalyticsSecret",
            '"environment.id" = confluent_environment.Environment.id, ' +
              '"flink.principal.id" = confluent_service_account.FlightAnalytics_Account.id, ' +
              '"flink.api.key" = confluent_api_key.FlightAnalytics_Key.id',
            '"flink.api.secret" = confluent_api_key.FlightAnalytics_Key.secret',
          ),
        },
      },
    });
  },
);
