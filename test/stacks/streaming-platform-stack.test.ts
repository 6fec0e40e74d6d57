import type { SynthesizedStack } from "../support/synth";
import { awsProvider, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

const CLUSTER =
  "${confluent_kafka_cluster.KafkaCluster.rbac_crn}/kafka=${confluent_kafka_cluster.KafkaCluster.id}/";
const REGISTRY = "${data.confluent_schema_registry_cluster.SchemaRegistry.resource_name}/";
const ENVIRONMENT = "${confluent_environment.Environment.resource_name}";
const ORGANIZATION = "${data.confluent_organization.Organization.resource_name}/";

/** Each binding as `role on what for whom`; what is none of the platform's stays a whole CRN. */
function bindings({ resource }: SynthesizedStack): string[] {
  return Object.values(resource?.["confluent_role_binding"] ?? {})
    .map(({ role_name, crn_pattern, principal }) => {
      const what = String(crn_pattern)
        .replace(CLUSTER, "")
        .replace(REGISTRY, "")
        .replace(ENVIRONMENT, "environment")
        .replace(ORGANIZATION, "")
        .replace(/\$\{confluent_service_account\.(\w+)\.id\}/, "$1");
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
        ...(streaming.kafkaTier === "dedicated"
          ? { dedicated: { cku: streaming.kafkaCku } }
          : { [streaming.kafkaTier]: [{}] }),
        lifecycle,
      },
    });
    const pool = {
      cloud: "AWS",
      region: aws.region,
      max_cfu: streaming.flinkMaxCfu,
      environment,
    };
    expect(stack.resource?.["confluent_flink_compute_pool"]).toEqual({
      FlightConsolidatorPool: { ...pool, display_name: `${base}-flight-consolidator` },
      FlyerStatsPool: { ...pool, display_name: `${base}-flyer-stats` },
      StockAnalyticsPool: { ...pool, display_name: `${base}-stock-analytics` },
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

  test("C-10, C-11: has one identity for each purpose", () => {
    const accounts = Object.entries(stack.resource?.["confluent_service_account"] ?? {});
    expect(
      accounts.map(([id, { display_name, description }]) => [id, display_name, description]),
    ).toEqual(
      [
        ["AppConsumer", "app-consumer", "Applications that consume"],
        ["AppProducer", "app-producer", "Applications that produce"],
        ["DatagenConnector", "datagen-connector", "The connector that makes sample records"],
        [
          "FlightConsolidator_Account",
          "flight-consolidator",
          "The Flink job that brings the flights of all airlines together",
        ],
        [
          "FlinkDeployer",
          "flink-deployer",
          "Terraform: submits Flink statements that run as others",
        ],
        [
          "FlyerStats_Account",
          "flyer-stats",
          "The Flink job that counts the flights of each flyer",
        ],
        ["StockAnalytics_Account", "stock-analytics", "Flink statements that analyse stock trades"],
        [
          "StreamsManager",
          "streams-manager",
          "Terraform: creates topics and schemas, reads and writes no records",
        ],
        ["TableflowManager", "tableflow-manager", "Terraform: turns topics into Iceberg tables"],
      ].map(([id, purpose, description]) => [id, `${base}-${purpose ?? ""}`, description]),
    );
  });

  test("C-12, C-13, K-03, T-15: each identity may do what it needs and nothing else", () => {
    expect(bindings(stack)).toEqual([
      "Assigner on service-account=FlightConsolidator_Account for FlinkDeployer",
      "Assigner on service-account=FlyerStats_Account for FlinkDeployer",
      "Assigner on service-account=StockAnalytics_Account for FlinkDeployer",
      "DeveloperManage on subject=* for StreamsManager",
      "DeveloperManage on topic=* for StreamsManager",
      "DeveloperRead on subject=* for StreamsManager",
      "DeveloperRead on subject=* for TableflowManager",
      "DeveloperRead on transactional-id=_confluent-flink_* for FlightConsolidator_Account",
      "DeveloperRead on transactional-id=_confluent-flink_* for FlyerStats_Account",
      "DeveloperRead on transactional-id=_confluent-flink_* for StockAnalytics_Account",
      "DeveloperWrite on subject=* for StreamsManager",
      "DeveloperWrite on transactional-id=_confluent-flink_* for FlightConsolidator_Account",
      "DeveloperWrite on transactional-id=_confluent-flink_* for FlyerStats_Account",
      "DeveloperWrite on transactional-id=_confluent-flink_* for StockAnalytics_Account",
      "FlinkDeveloper on environment for FlinkDeployer",
    ]);
  });

  test("A-01 to A-11, T-15: has one empty secret for each reader, none of them for an administrator", () => {
    const secrets = Object.values(stack.resource?.["aws_secretsmanager_secret"] ?? {});
    expect(secrets.map(({ name }) => name).sort()).toEqual(
      [
        "kafka_cluster/app_consumer/java_client",
        "kafka_cluster/app_consumer/python_client",
        "kafka_cluster/app_producer/java_client",
        "kafka_cluster/app_producer/python_client",
        "schema_registry_cluster/app_consumer/java_client",
        "schema_registry_cluster/app_consumer/python_client",
        "schema_registry_cluster/app_producer/java_client",
        "schema_registry_cluster/app_producer/python_client",
        "tableflow",
        "terraform/flight-consolidator",
        "terraform/flyer-stats",
        "terraform/stock-analytics",
        "terraform/streams",
      ].map((path) => `/confluent_cloud_resource/${base}/${path}`),
    );
    for (const { description, recovery_window_in_days } of secrets) {
      expect(description).toMatch(/^(Keys?|Kafka key|Schema Registry key) (with which|of) \w/);
      expect(recovery_window_in_days).toBe(config.secretRecoveryDays ?? 30);
    }
  });

  test("A-20 to A-35, K-06, K-10: publishes each setting of consumers and producers once, and none of the brokers'", () => {
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
