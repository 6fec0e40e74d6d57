import { App, TerraformStack } from "cdktf";

import {
  consumerSettings,
  producerSettings,
} from "../../../constructs/confluent/kafka-client-settings";
import { KafkaTopic, type KafkaTopicProps } from "../../../constructs/confluent/kafka-topic";
import { DataSize } from "../../../constructs/core/data-size";
import { Duration } from "../../../constructs/core/duration";
import { streamsAccess } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

describe("KafkaTopic", () => {
  const topic = (props: Partial<KafkaTopicProps> = {}, allowDataLoss = false) => {
    const stack = testStack({ allowDataLoss });
    new KafkaTopic(stack, "Orders", {
      streams: streamsAccess(stack),
      topicName: "orders",
      ...props,
    });
    return resourcesOf(synth(stack), "confluent_kafka_topic")[0];
  };
  const defaults = {
    provider: "confluent.streams",
    topic_name: "orders",
    partitions_count: 6,
    config: { "retention.ms": "604800000" },
    lifecycle: { prevent_destroy: true },
  };

  test("K-06: the starter kit's unlimited retention cannot be written: a duration is finite", () => {
    expect(() => topic({ retention: Duration.milliseconds(-1) })).toThrow(
      "duration must be a whole, non-negative number of milliseconds, got -1",
    );
  });

  test("K-06: keeps records for a week in six partitions unless told otherwise", () => {
    expect(topic()).toEqual(defaults);
  });

  test("T-27, A-R4: holds no credentials: its provider alias does", () => {
    expect(Object.keys(topic() ?? {})).not.toContain("credentials");
  });

  test.each<[Partial<KafkaTopicProps>, object]>([
    [{ partitions: 1 }, { partitions_count: 1 }],
    [{ retention: Duration.hours(1) }, { config: { "retention.ms": "3600000" } }],
    [
      { retentionSize: DataSize.gibibytes(1) },
      { config: { "retention.ms": "604800000", "retention.bytes": "1073741824" } },
    ],
    [{ topicName: "a".repeat(249) }, { topic_name: "a".repeat(249) }],
  ])("a prop changes one thing: %#", (props, change) => {
    expect(topic(props)).toEqual({ ...defaults, ...change });
  });

  test("can be destroyed only where the environment allows it, too", () => {
    const protection = { protect: false, reason: "test" } as const;
    expect(topic({ protection })?.["lifecycle"]).toEqual({ prevent_destroy: true });
    expect(topic({ protection }, true)?.["lifecycle"]).toEqual({ prevent_destroy: false });
  });

  test.each(["", ".", "..", "a b", "a/b", "ä", "a".repeat(250)])(
    "fails for the name %j",
    (topicName) => {
      expect(() => topic({ topicName })).toThrow(
        `test/Orders: topicName must be 1-249 letters, digits, ".", "_" or "-", and neither "." nor "..", got ${JSON.stringify(topicName)}`,
      );
    },
  );

  test("H-10: a name belongs to one topic of a cluster, in whichever stack it is", () => {
    const stack = testStack();
    const streams = streamsAccess(stack);
    const other = new TerraformStack(App.of(stack), "other");
    new KafkaTopic(stack, "Orders", { streams, topicName: "orders" });
    new KafkaTopic(stack, "Totals", { streams, topicName: "totals" });
    expect(() => new KafkaTopic(other, "Again", { streams, topicName: "orders" })).toThrow(
      'other/Again: topicName must be another than that of test/Orders, got "orders"',
    );
  });

  test("a name in one cluster is free in another", () => {
    const stack = testStack();
    const other = testStack();
    new KafkaTopic(stack, "Orders", { streams: streamsAccess(stack), topicName: "orders" });
    new KafkaTopic(other, "Orders", { streams: streamsAccess(other), topicName: "orders" });
    expect(resourcesOf(synth(other), "confluent_kafka_topic")).toEqual([defaults]);
  });

  test.each([0, -1, 1.5, 1e21, Number.NaN])("fails for %d partitions", (partitions) => {
    expect(() => topic({ partitions })).toThrow(
      `test/Orders: partitions must be a whole number of at least 1, got ${partitions}`,
    );
  });
});

describe("client settings", () => {
  test("A-20 to A-29: a consumer's settings", () => {
    expect(consumerSettings({ offsetReset: "earliest" })).toEqual({
      "auto.commit.interval.ms": "1000",
      "auto.offset.reset": "earliest",
      "basic.auth.credentials.source": "USER_INFO",
      "client.dns.lookup": "use_all_dns_ips",
      "enable.auto.commit": "true",
      "max.poll.interval.ms": "300000",
      "request.timeout.ms": "60000",
      "sasl.mechanism": "PLAIN",
      "security.protocol": "SASL_SSL",
      "session.timeout.ms": "90000",
    });
  });

  test("A-30 to A-35, without A-36: a producer's settings", () => {
    expect(producerSettings()).toEqual({
      acks: "all",
      "client.dns.lookup": "use_all_dns_ips",
      "compression.type": "gzip",
      "sasl.mechanism": "PLAIN",
      "security.protocol": "SASL_SSL",
      "transaction.timeout.ms": "60000",
    });
  });

  test("each can be chosen", () => {
    const second = Duration.seconds(1);
    expect(
      consumerSettings({
        offsetReset: "latest",
        autoCommitInterval: Duration.seconds(2),
        maxPollInterval: Duration.seconds(3),
        requestTimeout: Duration.seconds(4),
        sessionTimeout: Duration.seconds(5),
      }),
    ).toMatchObject({
      "auto.offset.reset": "latest",
      "auto.commit.interval.ms": "2000",
      "max.poll.interval.ms": "3000",
      "request.timeout.ms": "4000",
      "session.timeout.ms": "5000",
    });
    expect(producerSettings({ compression: "zstd", transactionTimeout: second })).toMatchObject({
      "compression.type": "zstd",
      "transaction.timeout.ms": "1000",
    });
  });
});
