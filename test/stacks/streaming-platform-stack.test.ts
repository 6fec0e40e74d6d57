import type { SynthesizedStack } from "../support/synth";
import { awsProvider, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

const CLUSTER =
  "${confluent_kafka_cluster.KafkaCluster.rbac_crn}/kafka=${confluent_kafka_cluster.KafkaCluster.id}/";
const REGISTRY = "${data.confluent_schema_registry_cluster.SchemaRegistry.resource_name}/";
const ENVIRONMENT = "${confluent_environment.Environment.resource_name}";

/** Each binding as `role on what for whom`; what is none of the platform's stays a whole CRN. */
function bindings({ resource }: SynthesizedStack): string[] {
  return Object.values(resource?.["confluent_role_binding"] ?? {})
    .map(({ role_name, crn_pattern, principal }) => {
      const what = String(crn_pattern)
        .replace(CLUSTER, "")
        .replace(REGISTRY, "")
        .replace(ENVIRONMENT, "environment");
      const who = /^User:\$\{confluent_service_account\.(\w+)\.id\}$/.exec(String(principal))?.[1];
      return `${String(role_name)} on ${what} for ${who ?? String(principal)}`;
    })
    .sort();
}

/** A client's settings by parameter name, all below one path. */
function settings({ resource }: SynthesizedStack): [unknown, unknown][] {
  return Object.values(resource?.["aws_ssm_parameter"] ?? {}).map(({ name, type, value }) => [
    name,
    `${String(type)} ${String(value)}`,
  ]);
}

describe.each(inEveryEnvironment("streaming-platform"))("%s", (_, config, stack, base) => {
  const { streaming, aws } = config;
  const lifecycle = { prevent_destroy: config.allowDataLoss !== true };

  test("has its backend, providers, and nothing for others to see but references", () => {
    const { terraform, provider, resource, ...others } = stack;
    expect(terraform).toEqual(terraformBlock(config, "streaming-platform"));
    expect(provider).toEqual({ aws: [awsProvider(config, "streaming-platform")], confluent: [{}] });
    expect(Object.keys(resource ?? {}).sort()).toEqual([
      "aws_secretsmanager_secret",
      "aws_ssm_parameter",
      "confluent_environment",
      "confluent_flink_compute_pool",
      "confluent_kafka_cluster",
      "confluent_role_binding",
      "confluent_service_account",
    ]);
    expect(Object.keys(others)).toEqual(["data"]);
  });

  test("where streams live is what the configuration says", () => {
    const environment = { id: "${confluent_environment.Environment.id}" };
    expect(stack.resource?.["confluent_environment"]).toEqual({
      Environment: {
        display_name: base,
        stream_governance: { package: streaming.governancePackage },
        lifecycle,
      },
    });
    expect(stack.resource?.["confluent_kafka_cluster"]).toEqual({
      KafkaCluster: {
        display_name: base,
        availability: streaming.availability,
        cloud: "AWS",
        region: aws.region,
        environment,
        [streaming.kafkaTier]: [{}],
        lifecycle,
      },
    });
    expect(stack.resource?.["confluent_flink_compute_pool"]).toEqual({
      FlinkComputePool: {
        display_name: `${base}-statements`,
        cloud: "AWS",
        region: aws.region,
        max_cfu: streaming.flinkMaxCfu,
        environment,
      },
    });
    expect(stack.data).toEqual({
      confluent_organization: {
        Organization: { depends_on: ["confluent_environment.Environment"] },
      },
      confluent_flink_region: { FlinkRegion: { cloud: "AWS", region: aws.region } },
      confluent_schema_registry_cluster: {
        SchemaRegistry: { environment, depends_on: ["confluent_kafka_cluster.KafkaCluster"] },
      },
    });
  });

  test("has one identity that manages streams and one that runs statements", () => {
    expect(stack.resource?.["confluent_service_account"]).toEqual({
      StreamsManager: {
        display_name: `${base}-streams-manager`,
        description: "Terraform: creates topics and schemas, reads and writes no records",
      },
      FlightAnalytics_Account: {
        display_name: `${base}-flight-analytics`,
        description: "Flink statements that analyse flights",
      },
    });
  });

  test("each identity may do what it needs and nothing else", () => {
    expect(bindings(stack)).toEqual([
      "DeveloperManage on subject=* for StreamsManager",
      "DeveloperManage on topic=* for StreamsManager",
      "DeveloperRead on subject=* for StreamsManager",
      "DeveloperRead on subject=flight_union-value for FlightAnalytics_Account",
      "DeveloperRead on subject=skyone_avro-value for FlightAnalytics_Account",
      "DeveloperRead on subject=sunset_avro-value for FlightAnalytics_Account",
      "DeveloperRead on topic=skyone_avro for FlightAnalytics_Account",
      "DeveloperRead on topic=sunset_avro for FlightAnalytics_Account",
      "DeveloperRead on transactional-id=_confluent-flink_* for FlightAnalytics_Account",
      "DeveloperWrite on subject=* for StreamsManager",
      "DeveloperWrite on topic=flight_union for FlightAnalytics_Account",
      "DeveloperWrite on transactional-id=_confluent-flink_* for FlightAnalytics_Account",
      "FlinkDeveloper on environment for FlightAnalytics_Account",
    ]);
  });

  test("has one empty secret for each identity's keys", () => {
    const recovery_window_in_days = config.secretRecoveryDays ?? 30;
    expect(stack.resource?.["aws_secretsmanager_secret"]).toEqual({
      StreamsSecret: {
        name: `/confluent_cloud_resource/${base}/terraform/streams`,
        description: "Keys with which Terraform manages topics and schemas",
        recovery_window_in_days,
      },
      FlightAnalyticsSecret: {
        name: `/confluent_cloud_resource/${base}/terraform/flight-analytics`,
        description: "Key with which Terraform runs the flight analytics statements",
        recovery_window_in_days,
      },
    });
  });

  test("publishes the settings of consumers and producers", () => {
    const consumer = `/confluent_cloud_resource/${base}/consumer_kafka_client`;
    const producer = `/confluent_cloud_resource/${base}/producer_kafka_client`;
    expect(settings(stack)).toEqual([
      [`${consumer}/auto.commit.interval.ms`, "String 1000"],
      [`${consumer}/auto.offset.reset`, `String ${streaming.consumerOffsetReset}`],
      [`${consumer}/basic.auth.credentials.source`, "String USER_INFO"],
      [`${consumer}/client.dns.lookup`, "String use_all_dns_ips"],
      [`${consumer}/enable.auto.commit`, "String true"],
      [`${consumer}/max.poll.interval.ms`, "String 300000"],
      [`${consumer}/request.timeout.ms`, "String 60000"],
      [`${consumer}/sasl.mechanism`, "String PLAIN"],
      [`${consumer}/security.protocol`, "String SASL_SSL"],
      [`${consumer}/session.timeout.ms`, "String 90000"],
      [`${producer}/acks`, "String all"],
      [`${producer}/client.dns.lookup`, "String use_all_dns_ips"],
      [`${producer}/compression.type`, "String gzip"],
      [`${producer}/sasl.mechanism`, "String PLAIN"],
      [`${producer}/security.protocol`, "String SASL_SSL"],
      [`${producer}/transaction.timeout.ms`, "String 60000"],
    ]);
  });
});
