import { KafkaTopic as KafkaTopicResource } from "@cdktf/provider-confluent/lib/kafka-topic";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { protectedLifecycle, type DataProtection } from "../core/data-protection";
import type { DataSize } from "../core/data-size";
import { Duration } from "../core/duration";
import { recordLineage } from "../core/lineage";
import { isConcrete, validate } from "../core/validation";
import type { KafkaCluster } from "./kafka-cluster";
import type { StreamsAccess } from "./streams-access";
import { TopicGrants } from "./topic-grants";

export interface KafkaTopicProps {
  /** The provider alias that carries the cluster's key. It decides the cluster: a topic names none. */
  readonly streams: StreamsAccess;

  /** Unique in the cluster. */
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

/** Who has a name in a cluster, across stacks. */
const ownersOfNames = new WeakMap<KafkaCluster, Map<string, Construct>>();

/** A topic of the cluster that its access is bound to. @stateful */
export class KafkaTopic extends Construct {
  readonly topicName: string;
  readonly cluster: KafkaCluster;

  /** Who may write, read and change the topic. */
  readonly grants: TopicGrants;

  /** What must wait for the topic: who names it in SQL or in a connector's configuration does not refer to it. */
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: KafkaTopicProps) {
    super(scope, id);
    const { topicName, streams } = props;
    // Always written: an omitted count means 6 to the provider, and so a replacement once a topic has more.
    const partitions = props.partitions ?? 6;
    const retention = props.retention ?? Duration.days(7);
    const owner = this.claim(topicName, streams.cluster);
    validate(this, [
      [
        isConcrete(topicName) && !/^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/.test(topicName),
        `topicName must be 1-249 letters, digits, ".", "_" or "-", and neither "." nor "..", got ${JSON.stringify(topicName)}`,
      ],
      [
        owner !== this,
        `topicName must be another than that of ${owner.node.path}, got ${JSON.stringify(topicName)}`,
      ],
      [
        isConcrete(partitions) && !(Number.isSafeInteger(partitions) && partitions >= 1),
        `partitions must be a whole number of at least 1, got ${partitions}`,
      ],
    ]);
    this.dependable = new KafkaTopicResource(this, "Resource", {
      provider: streams.provider,
      topicName,
      partitionsCount: partitions,
      config: {
        "retention.ms": String(retention.toMilliseconds()),
        ...(props.retentionSize && { "retention.bytes": String(props.retentionSize.toBytes()) }),
      },
      lifecycle: protectedLifecycle(this, props.protection),
    });
    this.topicName = topicName;
    this.cluster = streams.cluster;
    recordLineage(this, { kind: "topic", name: topicName, reads: [], writes: [] });
    this.grants = new TopicGrants(streams.cluster, topicName);
  }

  /** @returns the topic that has the name: the first one that asked for it */
  private claim(name: string, cluster: KafkaCluster): Construct {
    const owners = ownersOfNames.get(cluster) ?? new Map<string, Construct>();
    const owner = owners.get(name) ?? this;
    ownersOfNames.set(cluster, owners.set(name, owner));
    return owner;
  }
}
