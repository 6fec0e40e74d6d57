import { KafkaTopic as KafkaTopicResource } from "@cdktf/provider-confluent/lib/kafka-topic";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

import { protectedLifecycle, type DataProtection } from "../core/data-protection";
import type { DataSize } from "../core/data-size";
import { Duration } from "../core/duration";
import { isConcrete, validate } from "../core/validation";

export interface KafkaTopicProps {
  /** The provider alias that carries the cluster's key. It decides the cluster: a topic names none. */
  readonly streams: TerraformProvider;

  readonly topicName: string;

  /** Can be raised later; a lower number replaces the topic. @default 6 - Confluent Cloud's default */
  readonly partitions?: number;

  /** How long a record is kept. @default Duration.days(7) */
  readonly retention?: Duration;

  /** How much of a partition is kept. @default - no limit */
  readonly retentionSize?: DataSize;

  /** @default - protected */
  readonly protection?: DataProtection;
}

/** A topic of the cluster that its provider alias is bound to. @stateful */
export class KafkaTopic extends Construct {
  readonly topicName: string;

  constructor(scope: Construct, id: string, props: KafkaTopicProps) {
    super(scope, id);
    // Always written: an omitted count means 6 to the provider, and so a replacement once a topic has more.
    const partitions = props.partitions ?? 6;
    const retention = props.retention ?? Duration.days(7);
    validate(this, [
      [
        isConcrete(props.topicName) && !/^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/.test(props.topicName),
        `topicName must be 1-249 letters, digits, ".", "_" or "-", and neither "." nor "..", got ${JSON.stringify(props.topicName)}`,
      ],
      [
        isConcrete(partitions) && !(Number.isSafeInteger(partitions) && partitions >= 1),
        `partitions must be a whole number of at least 1, got ${partitions}`,
      ],
    ]);
    new KafkaTopicResource(this, "Resource", {
      provider: props.streams,
      topicName: props.topicName,
      partitionsCount: partitions,
      config: {
        "retention.ms": String(retention.toMilliseconds()),
        ...(props.retentionSize && { "retention.bytes": String(props.retentionSize.toBytes()) }),
      },
      lifecycle: protectedLifecycle(this, props.protection),
    });
    this.topicName = props.topicName;
  }
}
