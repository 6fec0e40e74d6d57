import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import fc from "fast-check";

import { Environment } from "../../constructs/confluent/environment";
import { KafkaCluster } from "../../constructs/confluent/kafka-cluster";
import { KafkaClusterTier } from "../../constructs/confluent/kafka-cluster-tier";
import { KafkaTopic } from "../../constructs/confluent/kafka-topic";
import { DataSize } from "../../constructs/core/data-size";
import { Duration } from "../../constructs/core/duration";
import { InvalidValueError } from "../../constructs/core/errors";
import { streamsAccess } from "../support/streaming";
import { mostly, shown, weirdNumber, weirdText } from "./arbitraries";
import { outcomeOfStack, resourceOrRefusal, type ResourceOrRefusal } from "./outcome";

const RUNS = { numRuns: 60 };

describe("KafkaTopic with any props", () => {
  const props = fc.record({
    topicName: mostly(fc.stringMatching(/^[a-zA-Z0-9._-]{1,30}$/), weirdText),
    partitions: fc.option(mostly(fc.integer({ min: 1, max: 1000 }), weirdNumber), {
      nil: undefined,
    }),
    days: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
    gibibytes: fc.option(fc.integer({ min: 0, max: 8_000_000 }), { nil: undefined }),
  });

  /** Kafka's own rule for a topic's name. */
  const isTopicName = (name: string): boolean =>
    /^[a-zA-Z0-9._-]{1,249}$/.test(name) && name !== "." && name !== "..";

  it("makes the topic that was asked for, or names each value that no topic can have", () => {
    fc.assert(
      fc.property(props, ({ topicName, partitions, days, gibibytes }) => {
        const outcome = outcomeOfStack((stack) => {
          new KafkaTopic(stack, "Topic", {
            streams: streamsAccess(stack),
            topicName,
            ...(partitions !== undefined && { partitions }),
            ...(days !== undefined && { retention: Duration.days(days) }),
            ...(gibibytes !== undefined && { retentionSize: DataSize.gibibytes(gibibytes) }),
          });
        });
        const badName = isTopicName(topicName) ? [] : [topicName];
        const goodCount =
          partitions === undefined || (Number.isSafeInteger(partitions) && partitions >= 1);
        const badValues = goodCount ? badName : [...badName, partitions];
        expect(resourceOrRefusal(outcome, "confluent_kafka_topic", "test/Topic")).toEqual(
          badValues.length > 0
            ? { refusedValues: badValues.map(shown) }
            : {
                resource: {
                  provider: "confluent.streams",
                  topic_name: topicName,
                  partitions_count: partitions ?? 6,
                  config: {
                    "retention.ms": String((days ?? 7) * 86_400_000),
                    ...(gibibytes !== undefined && {
                      "retention.bytes": String(gibibytes * 1024 ** 3),
                    }),
                  },
                  lifecycle: { prevent_destroy: true },
                },
              },
        );
      }),
      RUNS,
    );
  });
});

describe("KafkaCluster with any props", () => {
  const names = ["basic", "standard", "enterprise", "freight", "dedicated"] as const;
  const sizes = mostly(fc.integer({ min: 1, max: 100 }), weirdNumber);

  it("has exactly the tier's block, or says why tier, size and availability do not go together", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        sizes,
        fc.constantFrom("LOW" as const, "HIGH" as const),
        weirdText,
        (tier, cku, availability, displayName) => {
          const outcome = outcomeOfStack((stack) => {
            new ConfluentProvider(stack, "Confluent");
            const environment = new Environment(stack, "Environment", {
              displayName: "lab",
              governancePackage: "ESSENTIALS",
            });
            new KafkaCluster(stack, "Cluster", {
              environment,
              displayName,
              tier: KafkaClusterTier.of(tier, tier === "dedicated" ? { cku } : {}),
              availability,
              region: "us-east-1",
            });
          });
          const isSize = Number.isSafeInteger(cku) && cku >= 1;
          if (tier === "dedicated" && !isSize) {
            expect(outcome).toEqual({
              refusal: new InvalidValueError(
                `cku of a dedicated cluster must be a whole number of at least 1, got ${cku}`,
              ),
            });
            return;
          }
          const environmentId: unknown = expect.stringMatching(
            /^\$\{confluent_environment\.\w+\.id\}$/,
          );
          expect(resourceOrRefusal(outcome, "confluent_kafka_cluster", "test/Cluster")).toEqual(
            refusedValues(tier, cku, availability) ?? {
              resource: {
                display_name: displayName,
                availability,
                cloud: "AWS",
                region: "us-east-1",
                environment: { id: environmentId },
                [tier]: tier === "dedicated" ? { cku } : [{}],
                lifecycle: { prevent_destroy: true },
              },
            },
          );
        },
      ),
      RUNS,
    );
  });

  function refusedValues(
    tier: string,
    cku: number,
    availability: string,
  ): ResourceOrRefusal | undefined {
    if (availability === "LOW") {
      return ["enterprise", "freight"].includes(tier) ? { refusedValues: ["LOW"] } : undefined;
    }
    return tier === "dedicated" && cku === 1 ? { refusedValues: ["1"] } : undefined;
  }
});
