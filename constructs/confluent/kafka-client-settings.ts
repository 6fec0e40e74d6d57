import { Duration } from "../core/duration";

/** Settings of a Kafka client by their Kafka names. Each is owned here once; clients read them from Parameter Store. */
export type KafkaClientSettings = Readonly<Record<string, string>>;

export interface ConsumerSettingsProps {
  /** Where a consumer without a committed offset begins. */
  readonly offsetReset: "earliest" | "latest";

  /** @default Duration.seconds(1) */
  readonly autoCommitInterval?: Duration;

  /** Longest time between two polls before the group takes a consumer's partitions away. @default Duration.minutes(5) */
  readonly maxPollInterval?: Duration;

  /** @default Duration.minutes(1) */
  readonly requestTimeout?: Duration;

  /** @default Duration.seconds(90) */
  readonly sessionTimeout?: Duration;
}

export interface ProducerSettingsProps {
  /** Must not be longer than the brokers' `transaction.max.timeout.ms`. @default Duration.minutes(1) */
  readonly transactionTimeout?: Duration;

  /** @default "gzip" */
  readonly compression?: "gzip" | "lz4" | "snappy" | "zstd" | "none";
}

const CONNECTION = {
  "client.dns.lookup": "use_all_dns_ips",
  "sasl.mechanism": "PLAIN",
  "security.protocol": "SASL_SSL",
};

export function consumerSettings(props: ConsumerSettingsProps): KafkaClientSettings {
  return {
    ...CONNECTION,
    "auto.commit.interval.ms": inMilliseconds(props.autoCommitInterval ?? Duration.seconds(1)),
    "auto.offset.reset": props.offsetReset,
    "basic.auth.credentials.source": "USER_INFO",
    "enable.auto.commit": "true",
    "max.poll.interval.ms": inMilliseconds(props.maxPollInterval ?? Duration.minutes(5)),
    "request.timeout.ms": inMilliseconds(props.requestTimeout ?? Duration.minutes(1)),
    "session.timeout.ms": inMilliseconds(props.sessionTimeout ?? Duration.seconds(90)),
  };
}

export function producerSettings(props: ProducerSettingsProps = {}): KafkaClientSettings {
  return {
    ...CONNECTION,
    acks: "all",
    "compression.type": props.compression ?? "gzip",
    "transaction.timeout.ms": inMilliseconds(props.transactionTimeout ?? Duration.minutes(1)),
  };
}

function inMilliseconds(duration: Duration): string {
  return String(duration.toMilliseconds());
}
