import { ConfigurationError } from "../../config/configuration-error";
import type { EnvironmentConfig } from "../../config/environment-config";
import { sandbox } from "../../config/environments/sandbox";
import { validateEnvironment } from "../../config/validate-environment";

const base: EnvironmentConfig = sandbox;

const streaming = (change: Partial<EnvironmentConfig["streaming"]>): EnvironmentConfig => ({
  ...base,
  streaming: { ...base.streaming, ...change },
});

const dedicated = (kafkaCku: number, availability: "LOW" | "HIGH" = "LOW"): EnvironmentConfig =>
  streaming({ kafkaTier: "dedicated", kafkaCku, availability });

const refusal = (...problems: string[]) =>
  new ConfigurationError(
    [
      'environment "sandbox" cannot be deployed:',
      ...problems.map((problem) => `  ${problem}`),
    ].join("\n"),
  );

test("returns a valid environment unchanged", () => {
  expect(validateEnvironment(base)).toBe(base);
});

test("its error has a name of its own", () => {
  expect(new ConfigurationError("x").name).toBe("ConfigurationError");
});

const partitions = "must be a whole number from 1 to 1000";
const retention = "must be a whole number of days from 1 to 365";
const bake = "must be a whole number of seconds from 0 to 300";
const kept = "must be a whole number from 2 to 5, so that the key before the newest still works";
const ckuRule = (least: number, availability: string): string =>
  `must be a whole number of at least ${least} on a dedicated cluster with availability ${availability}`;
const recovery = "must be 0, or a whole number of days from 7 to 30";
const systemRule = 'must be lower-case words joined by "-", at most 20 characters';
const regionRule = "must be an AWS region such as us-east-1";
const bucketRule = "must be a bucket name without dots";
const s3 = (bucket: string, region = "us-east-1"): EnvironmentConfig => ({
  ...base,
  backend: { type: "s3", bucket, region },
});
const cloud = (organization: string): EnvironmentConfig => ({
  ...base,
  backend: { type: "cloud", organization },
});
const region = (value: string): EnvironmentConfig => ({
  ...base,
  aws: { ...base.aws, region: value },
});
const account = (accountId: string): EnvironmentConfig => ({
  ...base,
  aws: { ...base.aws, accountId },
});

test.each<[EnvironmentConfig, string]>([
  [{ ...base, system: "Lake" }, `system: ${systemRule}, got "Lake"`],
  [{ ...base, system: "1lake" }, `system: ${systemRule}, got "1lake"`],
  [{ ...base, system: "lake-" }, `system: ${systemRule}, got "lake-"`],
  [{ ...base, system: "a--b" }, `system: ${systemRule}, got "a--b"`],
  [{ ...base, system: "a".repeat(21) }, `system: ${systemRule}, got "${"a".repeat(21)}"`],
  [account("12345678901"), 'aws.accountId: must be 12 digits, got "12345678901"'],
  [account("1234567890123"), 'aws.accountId: must be 12 digits, got "1234567890123"'],
  [account("x123456789012"), 'aws.accountId: must be 12 digits, got "x123456789012"'],
  [region("useast1"), `aws.region: ${regionRule}, got "useast1"`],
  [region("us-east-12"), `aws.region: ${regionRule}, got "us-east-12"`],
  [region("xus-east-1"), `aws.region: ${regionRule}, got "xus-east-1"`],
  [s3("with.dots"), `backend.bucket: ${bucketRule}, got "with.dots"`],
  [s3("ab"), `backend.bucket: ${bucketRule}, got "ab"`],
  [s3("a".repeat(64)), `backend.bucket: ${bucketRule}, got "${"a".repeat(64)}"`],
  [s3("-abc"), `backend.bucket: ${bucketRule}, got "-abc"`],
  [s3("abc-"), `backend.bucket: ${bucketRule}, got "abc-"`],
  [s3("good-bucket", "here"), `backend.region: ${regionRule}, got "here"`],
  [
    cloud("my org"),
    'backend.organization: must be an HCP Terraform organization name (letters, digits, _ and -), got "my org"',
  ],
  [
    cloud(""),
    'backend.organization: must be an HCP Terraform organization name (letters, digits, _ and -), got ""',
  ],
  [
    streaming({ kafkaTier: "basic" }),
    'streaming.kafkaTier: must be standard, enterprise, freight or dedicated: a basic cluster has no role bindings on topics, got "basic"',
  ],
  [
    streaming({ kafkaTier: "enterprise", availability: "LOW" }),
    'streaming.availability: must be HIGH on the tier enterprise, got "LOW"',
  ],
  [
    streaming({ kafkaTier: "freight", availability: "LOW" }),
    'streaming.availability: must be HIGH on the tier freight, got "LOW"',
  ],
  [
    streaming({ kafkaTier: "dedicated" }),
    `streaming.kafkaCku: ${ckuRule(1, "LOW")}, got undefined`,
  ],
  [dedicated(0), `streaming.kafkaCku: ${ckuRule(1, "LOW")}, got 0`],
  [dedicated(1.5), `streaming.kafkaCku: ${ckuRule(1, "LOW")}, got 1.5`],
  [dedicated(1, "HIGH"), `streaming.kafkaCku: ${ckuRule(2, "HIGH")}, got 1`],
  [
    streaming({ kafkaTier: "standard", kafkaCku: 2 }),
    "streaming.kafkaCku: must be left out: only a dedicated cluster has a size, got 2",
  ],
  [streaming({ flinkBakeSeconds: -1 }), `streaming.flinkBakeSeconds: ${bake}, got -1`],
  [streaming({ flinkBakeSeconds: 301 }), `streaming.flinkBakeSeconds: ${bake}, got 301`],
  [streaming({ flinkBakeSeconds: 0.5 }), `streaming.flinkBakeSeconds: ${bake}, got 0.5`],
  [streaming({ keyRotationDays: 0 }), `streaming.keyRotationDays: ${retention}, got 0`],
  [streaming({ keyRotationDays: 366 }), `streaming.keyRotationDays: ${retention}, got 366`],
  [streaming({ keyRotationDays: 0.5 }), `streaming.keyRotationDays: ${retention}, got 0.5`],
  [streaming({ keysKept: 1 }), `streaming.keysKept: ${kept}, got 1`],
  [streaming({ keysKept: 6 }), `streaming.keysKept: ${kept}, got 6`],
  [streaming({ keysKept: 2.5 }), `streaming.keysKept: ${kept}, got 2.5`],
  [streaming({ topicPartitions: 0 }), `streaming.topicPartitions: ${partitions}, got 0`],
  [streaming({ topicPartitions: 1001 }), `streaming.topicPartitions: ${partitions}, got 1001`],
  [streaming({ topicPartitions: 1.5 }), `streaming.topicPartitions: ${partitions}, got 1.5`],
  [streaming({ topicPartitions: Number.NaN }), `streaming.topicPartitions: ${partitions}, got NaN`],
  [streaming({ topicRetentionDays: 0 }), `streaming.topicRetentionDays: ${retention}, got 0`],
  [streaming({ topicRetentionDays: 366 }), `streaming.topicRetentionDays: ${retention}, got 366`],
  [streaming({ topicRetentionDays: 1.5 }), `streaming.topicRetentionDays: ${retention}, got 1.5`],
  [{ ...base, secretRecoveryDays: 6 }, `secretRecoveryDays: ${recovery}, got 6`],
  [{ ...base, secretRecoveryDays: 31 }, `secretRecoveryDays: ${recovery}, got 31`],
  [{ ...base, secretRecoveryDays: 7.5 }, `secretRecoveryDays: ${recovery}, got 7.5`],
  [{ ...base, secretRecoveryDays: -1 }, `secretRecoveryDays: ${recovery}, got -1`],
])("fails with path, value and remedy: case %#", (environment, problem) => {
  expect(() => validateEnvironment(environment)).toThrow(refusal(problem));
});

test.each<[string, EnvironmentConfig]>([
  ["one partition", streaming({ topicPartitions: 1 })],
  ["1000 partitions", streaming({ topicPartitions: 1000 })],
  ["a day", streaming({ topicRetentionDays: 1 })],
  ["a year", streaming({ topicRetentionDays: 365 })],
  ["no recovery", { ...base, secretRecoveryDays: 0 }],
  ["a week of recovery", { ...base, secretRecoveryDays: 7 }],
  ["a month of recovery", { ...base, secretRecoveryDays: 30 }],
  ["recovery by default", { ...base, secretRecoveryDays: undefined }],
  ["enterprise in several zones", streaming({ kafkaTier: "enterprise", availability: "HIGH" })],
  ["freight in several zones", streaming({ kafkaTier: "freight", availability: "HIGH" })],
  ["the smallest dedicated cluster", dedicated(1)],
  ["the smallest dedicated cluster in several zones", dedicated(2, "HIGH")],
  ["jobs that replace others at once", streaming({ flinkBakeSeconds: 0 })],
  ["jobs that replace others after five minutes", streaming({ flinkBakeSeconds: 300 })],
  ["jobs that replace others after the default time", streaming({ flinkBakeSeconds: undefined })],
  ["daily rotation of two keys", streaming({ keyRotationDays: 1, keysKept: 2 })],
  ["yearly rotation of five keys", streaming({ keyRotationDays: 365, keysKept: 5 })],
  ["a system of 20 characters", { ...base, system: "a".repeat(20) }],
  ["a system of three words", { ...base, system: "a1-b2-c3" }],
  ["a region of four words", region("us-gov-west-1")],
  ["a short bucket", s3("abc")],
  ["a long bucket", s3("a".repeat(63))],
  ["an organization", cloud("My_org-1")],
  ["data loss outside prod", { ...base, allowDataLoss: true }],
  ["prod that keeps data", { ...base, name: "prod", allowDataLoss: false }],
])("accepts %s", (_what, environment) => {
  expect(validateEnvironment(environment)).toBe(environment);
});

test("fails when prod allows data loss", () => {
  expect(() => validateEnvironment({ ...base, name: "prod", allowDataLoss: true })).toThrow(
    new ConfigurationError(
      'environment "prod" cannot be deployed:\n  allowDataLoss: must not be set in prod, got true',
    ),
  );
});

test("lists every problem at once", () => {
  expect(() =>
    validateEnvironment({ ...streaming({ topicPartitions: -1 }), secretRecoveryDays: 5 }),
  ).toThrow(
    refusal(
      `streaming.topicPartitions: ${partitions}, got -1`,
      `secretRecoveryDays: ${recovery}, got 5`,
    ),
  );
});
