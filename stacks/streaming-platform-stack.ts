import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { ClientParameters } from "../constructs/aws/client-parameters";
import { Secret } from "../constructs/aws/secret";
import { Environment } from "../constructs/confluent/environment";
import { FlinkComputePool } from "../constructs/confluent/flink-compute-pool";
import { FlinkPrincipal } from "../constructs/confluent/flink-principal";
import { FlinkRegion } from "../constructs/confluent/flink-region";
import { consumerSettings, producerSettings } from "../constructs/confluent/kafka-client-settings";
import { KafkaCluster } from "../constructs/confluent/kafka-cluster";
import { KafkaClusterTier } from "../constructs/confluent/kafka-cluster-tier";
import { Organization } from "../constructs/confluent/organization";
import { SchemaRegistry } from "../constructs/confluent/schema-registry";
import { ServiceAccount } from "../constructs/confluent/service-account";
import { TableGrants } from "../constructs/confluent/table-grants";
import { BaseStack } from "./base-stack";
import { tables } from "./tables";

const REBUILT = { protect: false, reason: "producers and Terraform rebuild it" } as const;

/** The control plane: where streams live, who may do what, and the secrets (still empty) that carry their keys. */
export class StreamingPlatformStack extends BaseStack {
  readonly organization: Organization;
  readonly cluster: KafkaCluster;
  readonly registry: SchemaRegistry;
  readonly flinkRegion: FlinkRegion;
  readonly pool: FlinkComputePool;
  readonly streamsManager: ServiceAccount;
  readonly flightAnalytics: FlinkPrincipal;
  readonly streamsSecret: Secret;
  readonly flightAnalyticsSecret: Secret;

  constructor(scope: App, config: EnvironmentConfig) {
    super(scope, config, "streaming-platform");
    const { streaming, aws } = config;

    const environment = new Environment(this, "Environment", {
      displayName: this.names.base,
      governancePackage: streaming.governancePackage,
      protection: REBUILT,
    });
    this.organization = new Organization(this, "Organization", { environment });
    this.cluster = new KafkaCluster(this, "KafkaCluster", {
      environment,
      displayName: this.names.base,
      tier: KafkaClusterTier.of(streaming.kafkaTier),
      availability: streaming.availability,
      region: aws.region,
      protection: REBUILT,
    });
    this.registry = new SchemaRegistry(this, "SchemaRegistry", {
      environment,
      cluster: this.cluster,
    });
    this.flinkRegion = new FlinkRegion(this, "FlinkRegion", { region: aws.region });
    this.pool = new FlinkComputePool(this, "FlinkComputePool", {
      environment,
      displayName: this.names.resource("statements"),
      region: aws.region,
      maxCfu: streaming.flinkMaxCfu,
    });

    const grants = new TableGrants(this.cluster, this.registry);
    this.streamsManager = new ServiceAccount(this, "StreamsManager", {
      displayName: this.names.resource("streams-manager"),
      description: "Terraform: creates topics and schemas, reads and writes no records",
    });
    grants.manageAll(this.streamsManager);
    this.flightAnalytics = new FlinkPrincipal(this, "FlightAnalytics", {
      displayName: this.names.resource("flight-analytics"),
      description: "Flink statements that analyse flights",
      environment,
      cluster: this.cluster,
      tables: grants,
      reads: [tables.Skyone, tables.Sunset],
      writes: [tables.FlightUnion],
    });

    this.streamsSecret = this.secret(
      "StreamsSecret",
      "streams",
      "Keys with which Terraform manages topics and schemas",
    );
    this.flightAnalyticsSecret = this.secret(
      "FlightAnalyticsSecret",
      "flight-analytics",
      "Key with which Terraform runs the flight analytics statements",
    );
    new ClientParameters(this, "ConsumerParameters", {
      path: this.names.path("consumer_kafka_client"),
      settings: consumerSettings({ offsetReset: streaming.consumerOffsetReset }),
    });
    new ClientParameters(this, "ProducerParameters", {
      path: this.names.path("producer_kafka_client"),
      settings: producerSettings(),
    });
  }

  private secret(id: string, name: string, description: string): Secret {
    return new Secret(this, id, {
      secretName: this.names.path("terraform", name),
      description,
      recoveryDays: this.environment.secretRecoveryDays ?? 30,
    });
  }
}
