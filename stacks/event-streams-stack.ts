import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { KafkaTopic } from "../constructs/confluent/kafka-topic";
import { Subject } from "../constructs/confluent/subject";
import { Duration } from "../constructs/core/duration";
import { StreamsAccess } from "../constructs/patterns/streams-credential";
import { BaseStack } from "./base-stack";
import type { StreamingCredentialsStack } from "./streaming-credentials-stack";
import type { StreamingPlatformStack } from "./streaming-platform-stack";
import { tables, type Table } from "./tables";

const REBUILT = { protect: false, reason: "producers write it again" } as const;

export interface EventStreamsStackProps {
  readonly platform: StreamingPlatformStack;
  readonly credentials: StreamingCredentialsStack;
}

/** Topics and their schemas. */
export class EventStreamsStack extends BaseStack {
  constructor(scope: App, config: EnvironmentConfig, props: EventStreamsStackProps) {
    super(scope, config, "event-streams");
    const { platform } = props;
    // The keys are read from the secret, which no reference shows.
    this.addDependency(props.credentials);
    const access = new StreamsAccess(this, "Streams", {
      cluster: platform.cluster,
      registry: platform.registry,
      secret: platform.streamsSecret,
    });
    for (const [id, table] of Object.entries(tables)) {
      this.addTable(id, table, access);
    }
  }

  private addTable(id: string, table: Table, { provider: streams }: StreamsAccess): void {
    const { topicPartitions, topicRetentionDays } = this.environment.streaming;
    const topic = new KafkaTopic(this, id, {
      streams,
      topicName: table.name,
      partitions: topicPartitions,
      retention: Duration.days(topicRetentionDays),
      protection: REBUILT,
    });
    new Subject(topic, "Value", {
      streams,
      topic,
      part: "value",
      schemaFile: table.valueSchema,
      protection: REBUILT,
    });
    if (table.keySchema !== undefined) {
      new Subject(topic, "Key", {
        streams,
        topic,
        part: "key",
        schemaFile: table.keySchema,
        protection: REBUILT,
      });
    }
  }
}
