import type { EnvironmentConfig } from "../environment-config";

/** Created and removed at will. Put your own account and bucket here. */
export const dev = {
  name: "dev",
  system: "lakehouse",
  aws: { accountId: "111111111111", region: "us-east-1" },
  backend: { type: "s3", bucket: "lakehouse-dev-terraform-state", region: "us-east-1" },
  streaming: {
    kafkaTier: "standard",
    availability: "LOW",
    governancePackage: "ESSENTIALS",
    topicPartitions: 2,
    topicRetentionDays: 7,
    flinkMaxCfu: 10,
    consumerOffsetReset: "earliest",
  },
  allowDataLoss: true,
  secretRecoveryDays: 0,
} as const satisfies EnvironmentConfig;
