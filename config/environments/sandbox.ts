import type { EnvironmentConfig } from "../environment-config";

/** The whole system on one machine, without an account; see the README. */
export const sandbox = {
  name: "sandbox",
  system: "lakehouse",
  aws: { accountId: "123456789012", region: "us-east-1" },
  backend: { type: "local" },
  streaming: {
    kafkaTier: "standard",
    availability: "LOW",
    governancePackage: "ESSENTIALS",
    topicPartitions: 1,
    topicRetentionDays: 7,
    flinkMaxCfu: 10,
    flinkBakeSeconds: 1,
    consumerOffsetReset: "earliest",
  },
  allowDataLoss: true,
  secretRecoveryDays: 0,
} as const satisfies EnvironmentConfig;
