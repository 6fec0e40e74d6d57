import type { App } from "cdktf";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../config/environment-config";
import { DatagenConnector } from "../constructs/confluent/datagen-connector";
import { KafkaTopic } from "../constructs/confluent/kafka-topic";
import type { StreamsAccess } from "../constructs/confluent/streams-access";
import { Subject } from "../constructs/confluent/subject";
import { Duration } from "../constructs/core/duration";
import { recordLineage } from "../constructs/core/lineage";
import { SecretStreamsAccess } from "../constructs/patterns/streams-credential";
import { BaseStack } from "./base-stack";
import type { StreamingCredentialsStack } from "./streaming-credentials-stack";
import type { StreamingPlatformStack } from "./streaming-platform-stack";
import { partsOf, tables, type Table } from "./tables";

const REBUILT = { protect: false, reason: "producers write it again" } as const;

export interface EventStreamsStackProps {
  readonly platform: StreamingPlatformStack;
  readonly credentials: StreamingCredentialsStack;
}

/** Topics, their schemas, who may use them, and the connectors that fill them. */
export class EventStreamsStack extends BaseStack {
  constructor(scope: App, config: EnvironmentConfig, props: EventStreamsStackProps) {
    super(scope, config, "event-streams");
    const { platform } = props;
    // The keys are read from the secret, which no reference shows.
    this.addDependency(props.credentials);
    const access = new SecretStreamsAccess(this, "Streams", {
      cluster: platform.cluster,
      registry: platform.registry,
      secret: platform.streamsSecret,
    });
    const producer = platform.appProducer.within(this.application("Producer", "produce"));
    const consumer = platform.appConsumer.within(this.application("Consumer", "consume"));
    for (const [id, table] of Object.entries<Table>(tables)) {
      const { topic, value } = this.addTable(id, table, access);
      if (table.applications === "produce") {
        platform.tableGrants.write(table, producer);
      }
      if (table.applications === "consume") {
        platform.tableGrants.read(table, consumer);
        topic.grants.consume(consumer, { group: `${this.names.base}*` });
      }
      if (table.sample !== undefined) {
        new DatagenConnector(topic, "Sample", {
          connectorName: this.names.resource(`sample-${table.name.replaceAll("_", "-")}`),
          account: platform.datagenConnector,
          topic,
          value,
          quickstart: table.sample,
        });
      }
    }
  }

  /** Where what an application may do is declared, and what it does with which tables. */
  private application(id: string, does: Table["applications"]): Construct {
    const application = new Construct(this, id);
    const touched = Object.values<Table>(tables)
      .filter(({ applications }) => applications === does)
      .map(({ name }) => name);
    recordLineage(application, {
      kind: "application",
      name: this.names.resource(`app-${id.toLowerCase()}`),
      reads: does === "consume" ? touched : [],
      writes: does === "produce" ? touched : [],
    });
    return application;
  }

  private addTable(id: string, table: Table, streams: StreamsAccess): TableConstructs {
    const { topicPartitions, topicRetentionDays } = this.environment.streaming;
    const topic = new KafkaTopic(this, id, {
      streams,
      topicName: table.name,
      partitions: topicPartitions,
      retention: Duration.days(topicRetentionDays),
      protection: REBUILT,
    });
    const [value, key] = partsOf(table);
    const subject = { streams, topic, protection: REBUILT };
    if (key !== undefined) {
      new Subject(topic, "Key", { ...subject, ...key });
    }
    return { topic, value: new Subject(topic, "Value", { ...subject, ...value }) };
  }
}

interface TableConstructs {
  readonly topic: KafkaTopic;
  readonly value: Subject;
}
