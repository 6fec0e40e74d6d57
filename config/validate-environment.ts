import { ConfigurationError } from "./configuration-error";
import type { EnvironmentConfig, StreamingConfig } from "./environment-config";

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
    ...streamingRules(streaming),
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

function streamingRules(streaming: StreamingConfig): readonly Rule[] {
  const { topicPartitions, topicRetentionDays, flinkBakeSeconds = 20 } = streaming;
  const { keyRotationDays = 30, keysKept = 2 } = streaming;
  return [
    ...clusterRules(streaming),
    [
      Number.isInteger(topicPartitions) && within(topicPartitions, 1, 1000),
      "streaming.topicPartitions",
      topicPartitions,
      "must be a whole number from 1 to 1000",
    ],
    [
      Number.isInteger(topicRetentionDays) && within(topicRetentionDays, 1, 365),
      "streaming.topicRetentionDays",
      topicRetentionDays,
      "must be a whole number of days from 1 to 365",
    ],
    [
      Number.isInteger(flinkBakeSeconds) && within(flinkBakeSeconds, 0, 300),
      "streaming.flinkBakeSeconds",
      flinkBakeSeconds,
      "must be a whole number of seconds from 0 to 300",
    ],
    [
      Number.isInteger(keyRotationDays) && within(keyRotationDays, 1, 365),
      "streaming.keyRotationDays",
      keyRotationDays,
      "must be a whole number of days from 1 to 365",
    ],
    [
      Number.isInteger(keysKept) && within(keysKept, 2, 5),
      "streaming.keysKept",
      keysKept,
      "must be a whole number from 2 to 5, so that the key before the newest still works",
    ],
  ];
}

function clusterRules({ kafkaTier, kafkaCku, availability }: StreamingConfig): readonly Rule[] {
  const smallest = availability === "HIGH" ? 2 : 1;
  return [
    [
      kafkaTier !== "basic",
      "streaming.kafkaTier",
      kafkaTier,
      "must be standard, enterprise, freight or dedicated: a basic cluster has no role bindings on topics",
    ],
    [
      !["enterprise", "freight"].includes(kafkaTier) || availability === "HIGH",
      "streaming.availability",
      availability,
      `must be HIGH on the tier ${kafkaTier}`,
    ],
    kafkaTier === "dedicated"
      ? [
          kafkaCku !== undefined && Number.isSafeInteger(kafkaCku) && kafkaCku >= smallest,
          "streaming.kafkaCku",
          kafkaCku,
          `must be a whole number of at least ${smallest} on a dedicated cluster with availability ${availability}`,
        ]
      : [
          kafkaCku === undefined,
          "streaming.kafkaCku",
          kafkaCku,
          "must be left out: only a dedicated cluster has a size",
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
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
