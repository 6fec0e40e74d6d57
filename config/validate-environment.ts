import { ConfigurationError } from "./configuration-error";
import type { EnvironmentConfig } from "./environment-config";

type Rule = readonly [holds: boolean, path: string, value: unknown, remedy: string];

/**
 * Checks what the types cannot: ranges and rules across fields.
 *
 * @returns the environment, unchanged.
 * @throws ConfigurationError listing every problem with its path, the value and what to write instead.
 */
export function validateEnvironment<T extends EnvironmentConfig>(environment: T): T {
  const problems = rules(environment)
    .filter(([holds]) => !holds)
    .map(([, path, value, remedy]) => `  ${path}: ${remedy}, got ${shown(value)}`);
  if (problems.length > 0) {
    throw new ConfigurationError(
      [`environment ${JSON.stringify(environment.name)} cannot be deployed:`, ...problems].join(
        "\n",
      ),
    );
  }
  return environment;
}

function rules(environment: EnvironmentConfig): readonly Rule[] {
  const { system, aws, backend, streaming, allowDataLoss, secretRecoveryDays = 30 } = environment;
  const region = /^[a-z]{2}(-[a-z]+)+-\d$/;
  return [
    [
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(system) && system.length <= 20,
      "system",
      system,
      'must be lower-case words joined by "-", at most 20 characters',
    ],
    [/^\d{12}$/.test(aws.accountId), "aws.accountId", aws.accountId, "must be 12 digits"],
    [region.test(aws.region), "aws.region", aws.region, "must be an AWS region such as us-east-1"],
    ...backendRules(backend, region),
    [
      streaming.kafkaTier !== "basic",
      "streaming.kafkaTier",
      streaming.kafkaTier,
      "must be standard or enterprise: a basic cluster has no role bindings on topics",
    ],
    [
      streaming.kafkaTier !== "enterprise" || streaming.availability === "HIGH",
      "streaming.availability",
      streaming.availability,
      "must be HIGH on an enterprise cluster",
    ],
    [
      Number.isInteger(streaming.topicPartitions) && within(streaming.topicPartitions, 1, 1000),
      "streaming.topicPartitions",
      streaming.topicPartitions,
      "must be a whole number from 1 to 1000",
    ],
    [
      Number.isInteger(streaming.topicRetentionDays) &&
        within(streaming.topicRetentionDays, 1, 365),
      "streaming.topicRetentionDays",
      streaming.topicRetentionDays,
      "must be a whole number of days from 1 to 365",
    ],
    [
      secretRecoveryDays === 0 ||
        (Number.isInteger(secretRecoveryDays) && within(secretRecoveryDays, 7, 30)),
      "secretRecoveryDays",
      secretRecoveryDays,
      "must be 0, or a whole number of days from 7 to 30",
    ],
    [
      environment.name !== "prod" || allowDataLoss !== true,
      "allowDataLoss",
      allowDataLoss,
      "must not be set in prod",
    ],
  ];
}

function backendRules(backend: EnvironmentConfig["backend"], region: RegExp): readonly Rule[] {
  switch (backend.type) {
    case "local":
      return [];
    case "s3":
      return [
        [
          /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(backend.bucket),
          "backend.bucket",
          backend.bucket,
          "must be a bucket name without dots",
        ],
        [
          region.test(backend.region),
          "backend.region",
          backend.region,
          "must be an AWS region such as us-east-1",
        ],
      ];
    case "cloud":
      return [
        [
          /^[A-Za-z0-9_-]+$/.test(backend.organization),
          "backend.organization",
          backend.organization,
          "must be an HCP Terraform organization name (letters, digits, _ and -)",
        ],
      ];
  }
}

/** JSON knows no NaN and no infinity, and would show both as null. */
function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
