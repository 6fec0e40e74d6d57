import type { EnvironmentConfig } from "../environment-config";

/** Keeps its data: nothing that holds records can be destroyed. Put your own account and organization here. */
export const prod = {
  name: "prod",
  system: "lakehouse",
  aws: { accountId: "222222222222", region: "us-east-1" },
  backend: { type: "cloud", organization: "your-organization" },
  streaming: {
    kafkaTier: "standard",
    availability: "HIGH",
    governancePackage: "ADVANCED",
    topicPartitions: 6,
    topicRetentionDays: 30,
    flinkMaxCfu: 20,
    consumerOffsetReset: "latest",
  },
} as const satisfies EnvironmentConfig;
