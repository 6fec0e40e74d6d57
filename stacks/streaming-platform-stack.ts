import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { ClientParameters } from "../constructs/aws/client-parameters";
import { Secret } from "../constructs/aws/secret";
import type { SecretDocument } from "../constructs/aws/secret-document";
import { Environment } from "../constructs/confluent/environment";
import { FlinkComputePool } from "../constructs/confluent/flink-compute-pool";
import { FlinkPrincipal } from "../constructs/confluent/flink-principal";
import { FlinkRegion } from "../constructs/confluent/flink-region";
import { consumerSettings, producerSettings } from "../constructs/confluent/kafka-client-settings";
import { KafkaCluster } from "../constructs/confluent/kafka-cluster";
import { KafkaClusterTier } from "../constructs/confluent/kafka-cluster-tier";
import { Organization } from "../constructs/confluent/organization";
import { RoleBinding } from "../constructs/confluent/role-binding";
import { SchemaRegistry } from "../constructs/confluent/schema-registry";
import { ServiceAccount } from "../constructs/confluent/service-account";
import { TableGrants } from "../constructs/confluent/table-grants";
import { ClientSecrets } from "../constructs/patterns/client-credentials";
import type { FlinkCredentialProps } from "../constructs/patterns/flink-credential";
import {
  flinkDocument,
  streamsDocument,
  tableflowDocument,
  type ApplicationIdentity,
} from "../constructs/patterns/secret-documents";
import { BaseStack } from "./base-stack";

const REBUILT = { protect: false, reason: "producers and Terraform rebuild it" } as const;

/** The control plane: where streams live, who may do what, and the secrets (still empty) that carry their keys. */
export class StreamingPlatformStack extends BaseStack {
  readonly confluentEnvironment: Environment;
  readonly organization: Organization;
  readonly cluster: KafkaCluster;
  readonly registry: SchemaRegistry;
  readonly flinkRegion: FlinkRegion;
  readonly tableGrants: TableGrants;
  readonly streamsManager: ServiceAccount;
  readonly appProducer: ServiceAccount;
  readonly appConsumer: ServiceAccount;
  readonly datagenConnector: ServiceAccount;
  readonly tableflowManager: ServiceAccount;
  readonly flinkDeployer: ServiceAccount;
  readonly flightConsolidator: FlinkCredentialProps;
  readonly flyerStats: FlinkCredentialProps;
  readonly stockAnalytics: FlinkCredentialProps;
  readonly streamsSecret: Secret<typeof streamsDocument>;
  readonly tableflowSecret: Secret<typeof tableflowDocument>;
  readonly appProducerSecrets: ClientSecrets;
  readonly appConsumerSecrets: ClientSecrets;

  constructor(scope: App, config: EnvironmentConfig) {
    super(scope, config, "streaming-platform");
    const { streaming, aws } = config;

    const environment = new Environment(this, "Environment", {
      displayName: this.names.base,
      governancePackage: streaming.governancePackage,
      protection: REBUILT,
    });
    this.confluentEnvironment = environment;
    this.organization = new Organization(this, "Organization", { environment });
    this.cluster = new KafkaCluster(this, "KafkaCluster", {
      environment,
      displayName: this.names.base,
      tier: KafkaClusterTier.of(streaming.kafkaTier, { cku: streaming.kafkaCku }),
      availability: streaming.availability,
      region: aws.region,
      protection: REBUILT,
    });
    this.registry = new SchemaRegistry(this, "SchemaRegistry", {
      environment,
      cluster: this.cluster,
    });
    this.flinkRegion = new FlinkRegion(this, "FlinkRegion", { region: aws.region });

    this.streamsManager = this.account(
      "StreamsManager",
      "streams-manager",
      "Terraform: creates topics and schemas, reads and writes no records",
    );
    this.tableGrants = new TableGrants(this.cluster, this.registry);
    this.tableGrants.manageAll(this.streamsManager);
    this.flinkDeployer = this.account(
      "FlinkDeployer",
      "flink-deployer",
      "Terraform: submits Flink statements that run as others",
    );
    new RoleBinding(this.flinkDeployer, "FlinkDeveloper", {
      role: "FlinkDeveloper",
      crnPattern: environment.resourceName,
    });
    this.tableflowManager = this.account(
      "TableflowManager",
      "tableflow-manager",
      "Terraform: turns topics into Iceberg tables",
    );
    new RoleBinding(this.tableflowManager, "DeveloperRead-subjects", {
      role: "DeveloperRead",
      crnPattern: this.registry.crnOf("*"),
    });
    this.appProducer = this.account("AppProducer", "app-producer", "Applications that produce");
    this.appConsumer = this.account("AppConsumer", "app-consumer", "Applications that consume");
    this.datagenConnector = this.account(
      "DatagenConnector",
      "datagen-connector",
      "The connector that makes sample records",
    );
    this.flightConsolidator = this.flinkRunner(
      "FlightConsolidator",
      "flight-consolidator",
      "The Flink job that brings the flights of all airlines together",
    );
    this.flyerStats = this.flinkRunner(
      "FlyerStats",
      "flyer-stats",
      "The Flink job that counts the flights of each flyer",
    );
    this.stockAnalytics = this.flinkRunner(
      "StockAnalytics",
      "stock-analytics",
      "Flink statements that analyse stock trades",
    );

    this.streamsSecret = this.secret("StreamsSecret", streamsDocument);
    this.tableflowSecret = this.secret("TableflowSecret", tableflowDocument);
    this.appProducerSecrets = this.clientSecrets("AppProducerSecrets", "app_producer");
    this.appConsumerSecrets = this.clientSecrets("AppConsumerSecrets", "app_consumer");
    new ClientParameters(this, "ConsumerParameters", {
      path: this.names.path("consumer_kafka_client"),
      settings: consumerSettings({ offsetReset: streaming.consumerOffsetReset }),
    });
    new ClientParameters(this, "ProducerParameters", {
      path: this.names.path("producer_kafka_client"),
      settings: producerSettings(),
    });
  }

  private account(id: string, purpose: string, description: string): ServiceAccount {
    return new ServiceAccount(this, id, {
      displayName: this.names.resource(purpose),
      description,
    });
  }

  /** Who runs the statements of one purpose, the pool in which they run, and the secret that submits them: all its own. */
  private flinkRunner(name: string, purpose: string, description: string): FlinkCredentialProps {
    const displayName = this.names.resource(purpose);
    const { organization, cluster, flinkRegion, flinkDeployer, confluentEnvironment } = this;
    return {
      organization,
      region: flinkRegion,
      principal: new FlinkPrincipal(this, name, {
        displayName,
        description,
        organization,
        cluster,
        deployer: flinkDeployer,
      }),
      pool: new FlinkComputePool(this, `${name}Pool`, {
        environment: confluentEnvironment,
        displayName,
        region: this.environment.aws.region,
        maxCfu: this.environment.streaming.flinkMaxCfu,
      }),
      secret: this.secret(`${name}Secret`, flinkDocument(purpose)),
    };
  }

  private secret<Document extends SecretDocument>(
    id: string,
    document: Document,
  ): Secret<Document> {
    return new Secret(this, id, {
      document,
      names: this.names,
      recoveryDays: this.secretRecoveryDays,
    });
  }

  private clientSecrets(id: string, identity: ApplicationIdentity): ClientSecrets {
    return new ClientSecrets(this, id, {
      identity,
      names: this.names,
      recoveryDays: this.secretRecoveryDays,
    });
  }

  private get secretRecoveryDays(): number {
    return this.environment.secretRecoveryDays ?? 30;
  }
}
