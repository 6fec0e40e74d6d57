import fc from "fast-check";
import type { App } from "cdktf";

import { ConfigurationError } from "../../config/configuration-error";
import type { EnvironmentConfig } from "../../config/environment-config";
import { validateEnvironment } from "../../config/validate-environment";
import { DeliveryFoundationStack } from "../../stacks/delivery-foundation-stack";
import { EventStreamsStack } from "../../stacks/event-streams-stack";
import { FlightConsolidatorStack } from "../../stacks/flight-consolidator-stack";
import { StreamingCredentialsStack } from "../../stacks/streaming-credentials-stack";
import { StreamingPlatformStack } from "../../stacks/streaming-platform-stack";
import { kebabCase, mostly, shown, weirdNumber, weirdText } from "./arbitraries";
import { outcomeOf, type Outcome } from "./outcome";

type Pick = <T>(good: fc.Arbitrary<T>, weird: fc.Arbitrary<T>) => fc.Arbitrary<T>;

const region = fc.constantFrom("us-east-1", "eu-central-1", "ap-southeast-2", "us-gov-west-1");
const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,20}[a-z0-9]$/);
const organization = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);

/** Whatever the types allow; `pick` says how often a field's value is one that its text allows as well. */
function configs(pick: Pick): fc.Arbitrary<EnvironmentConfig> {
  const shape = fc.record({
    name: fc.constantFrom("sandbox" as const, "dev" as const, "prod" as const),
    system: pick(
      kebabCase.filter((name) => name.length <= 20),
      weirdText,
    ),
    aws: fc.record({
      accountId: pick(fc.stringMatching(/^\d{12}$/), weirdText),
      region: pick(region, weirdText),
    }),
    backend: fc.oneof(
      fc.record({ type: fc.constant("local" as const) }),
      fc.record({
        type: fc.constant("s3" as const),
        bucket: pick(bucket, weirdText),
        region: pick(region, weirdText),
      }),
      fc.record({
        type: fc.constant("cloud" as const),
        organization: pick(organization, weirdText),
      }),
    ),
    streaming: fc.record({
      kafkaTier: pick(
        fc.constantFrom("standard" as const, "enterprise" as const, "freight" as const),
        fc.constant("basic" as const),
      ),
      availability: fc.constantFrom("LOW" as const, "HIGH" as const),
      governancePackage: fc.constantFrom("ESSENTIALS" as const, "ADVANCED" as const),
      topicPartitions: pick(fc.integer({ min: 1, max: 1000 }), weirdNumber),
      topicRetentionDays: pick(fc.integer({ min: 1, max: 365 }), weirdNumber),
      flinkMaxCfu: fc.constantFrom(5 as const, 10 as const, 20 as const, 50 as const),
      flinkBakeSeconds: pick(
        fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 300 })),
        weirdNumber,
      ),
      consumerOffsetReset: fc.constantFrom("earliest" as const, "latest" as const),
      keyRotationDays: pick(
        fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 365 })),
        weirdNumber,
      ),
      keysKept: pick(fc.oneof(fc.constant(undefined), fc.integer({ min: 2, max: 5 })), weirdNumber),
    }),
    allowDataLoss: pick(fc.constantFrom(undefined, false), fc.constant(true)),
    secretRecoveryDays: pick(
      fc.oneof(fc.constantFrom(undefined, 0), fc.integer({ min: 7, max: 30 })),
      weirdNumber,
    ),
  });
  // Only `HIGH` goes with an enterprise or freight cluster: often chosen, or few configurations would be good.
  return fc
    .tuple(shape, pick(fc.constant("HIGH" as const), fc.constant(undefined)))
    .map(([config, availability]) =>
      ["enterprise", "freight"].includes(config.streaming.kafkaTier) && availability !== undefined
        ? { ...config, streaming: { ...config.streaming, availability } }
        : config,
    );
}

const anyConfig = configs(mostly);
const goodConfig = configs((good) => good);

function application(app: App, config: EnvironmentConfig): void {
  const environment = validateEnvironment(config);
  const foundation = new DeliveryFoundationStack(app, environment);
  const platform = new StreamingPlatformStack(app, environment);
  const credentials = new StreamingCredentialsStack(app, environment, { platform });
  const streams = new EventStreamsStack(app, environment, { platform, credentials });
  const flink = { platform, credentials, streams };
  new FlightConsolidatorStack(app, environment, { foundation, ...flink });
}

function synthesize(config: EnvironmentConfig): Outcome {
  return outcomeOf((app) => {
    application(app, config);
  });
}

function valueAt(config: object, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, key) => Object.entries(value ?? {}).find(([k]) => k === key)?.[1],
      config,
    );
}

function replaceAt<T extends object>(config: T, path: string, value: unknown): T {
  const [key = "", ...rest] = path.split(".");
  const inner = Object.entries(config).find(([name]) => name === key)?.[1] as object | undefined;
  return {
    ...config,
    [key]: rest.length === 0 ? value : replaceAt(inner ?? {}, rest.join("."), value),
  };
}

/** Each problem's path, after checking that its line also shows the value and what to write instead. */
function refusedPaths(config: EnvironmentConfig, refusal: Error): readonly string[] {
  expect(refusal).toBeInstanceOf(ConfigurationError);
  const [heading, ...lines] = refusal.message.split("\n");
  expect(heading).toBe(`environment ${JSON.stringify(config.name)} cannot be deployed:`);
  expect(lines.length).toBeGreaterThan(0);
  return lines.map((line) => {
    const path = /^ {2}([A-Za-z.]+): must \S/.exec(line)?.[1] ?? `no path in ${line}`;
    expect(line).toMatch(/^ {2}[A-Za-z.]+: must .+, got .+$/);
    expect(line.endsWith(`, got ${shown(valueAt(config, path))}`)).toBe(true);
    return path;
  });
}

describe("any environment", () => {
  it("ends in JSON for all five stacks, or in a list of paths, values and remedies", () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const outcome = synthesize(config);
        const stacks = "stacks" in outcome ? Object.keys(outcome.stacks) : [];
        const refused = "refusal" in outcome ? refusedPaths(config, outcome.refusal) : [];
        expect([stacks.length > 0, refused.length > 0]).toEqual(
          stacks.length === 5 ? [true, false] : [false, true],
        );
      }),
      { numRuns: 30 },
    );
  });

  it("is returned by its validation, or refused with the same care", () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const outcome = outcomeOf(() => {
          validateEnvironment(config);
        });
        expect("refusal" in outcome ? refusedPaths(config, outcome.refusal) : []).toEqual(
          expect.not.arrayContaining(["name"]),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("a good environment", () => {
  it("is synthesized under its own names, with its values in each topic", () => {
    fc.assert(
      fc.property(goodConfig, (config) => {
        const outcome = synthesize(config);
        if ("refusal" in outcome) {
          throw outcome.refusal;
        }
        const base = `${config.system}-${config.name}`;
        expect(Object.keys(outcome.stacks).sort()).toEqual([
          `${base}-delivery-foundation`,
          `${base}-event-streams`,
          `${base}-flight-consolidator`,
          `${base}-streaming-credentials`,
          `${base}-streaming-platform`,
        ]);
        const topics = outcome.stacks[`${base}-event-streams`]?.resource?.["confluent_kafka_topic"];
        for (const topic of Object.values(topics ?? {})) {
          expect(topic).toMatchObject({
            partitions_count: config.streaming.topicPartitions,
            config: { "retention.ms": String(config.streaming.topicRetentionDays * 86_400_000) },
          });
        }
      }),
      { numRuns: 15 },
    );
  });

  it("is the same JSON each time", () => {
    fc.assert(
      fc.property(goodConfig, (config) => {
        expect(synthesize(config)).toEqual(synthesize(config));
      }),
      { numRuns: 5 },
    );
  });

  const fractionOrNone = fc.constantFrom(NaN, Infinity, -Infinity, 0.5, 8.5, -1, 1e21);
  const spoilers: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    system: fc.constantFrom(
      "",
      "Lake",
      "lake_house",
      "1st",
      "lake--house",
      "-lake",
      "l".repeat(21),
    ),
    "aws.accountId": fc.constantFrom(
      "",
      "12345678901",
      "1234567890123",
      "12345678901a",
      "١".repeat(12),
    ),
    "aws.region": fc.constantFrom("", "US-EAST-1", "us-east", "us-east-1\n", "us-east-1a"),
    "streaming.topicPartitions": fc.oneof(fractionOrNone, fc.constantFrom(0, 1001)),
    "streaming.topicRetentionDays": fc.oneof(fractionOrNone, fc.constantFrom(0, 366)),
    "streaming.flinkBakeSeconds": fc.oneof(fractionOrNone, fc.constantFrom(301, 3600)),
    secretRecoveryDays: fc.oneof(fractionOrNone, fc.constantFrom(1, 6, 31)),
    "streaming.kafkaTier": fc.constant("basic"),
    "streaming.kafkaCku": fc.integer(),
    "streaming.keyRotationDays": fc.oneof(fractionOrNone, fc.constantFrom(0, 366)),
    "streaming.keysKept": fc.oneof(fractionOrNone, fc.constantFrom(0, 1, 6)),
  };

  it.each(Object.entries(spoilers))("is refused for a bad %s and for nothing else", (path, bad) => {
    fc.assert(
      fc.property(goodConfig, bad, (config, value) => {
        const spoilt = replaceAt(config, path, value);
        const outcome = outcomeOf(() => {
          validateEnvironment(spoilt);
          throw new Error(`${path} ${shown(value)} must be refused`);
        });
        expect("refusal" in outcome && refusedPaths(spoilt, outcome.refusal)).toEqual([path]);
      }),
    );
  });
});
