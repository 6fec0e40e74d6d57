/** The environments that exist. A deployment names one; there is no default. */
export type EnvironmentName = "sandbox" | "dev" | "prod";

/** Everything that differs between environments. Values only: no stack branches on an environment's name. */
export interface EnvironmentConfig {
  readonly name: EnvironmentName;

  /** First part of every physical name. Lower-case words joined by "-", at most 20 characters. */
  readonly system: string;

  readonly aws: AwsConfig;
  readonly backend: BackendConfig;
  readonly streaming: StreamingConfig;

  /**
   * The environment's key to destroying what holds data; the construct must opt out as well.
   *
   * @default false
   */
  readonly allowDataLoss?: boolean;

  /**
   * Days during which a deleted secret can be restored, 7 to 30, or 0 to delete at once. A kept secret blocks its
   * name, so an environment that is created and removed often wants 0.
   *
   * @default 30
   */
  readonly secretRecoveryDays?: number;
}

export interface AwsConfig {
  /** Twelve digits. The AWS provider refuses to work in any other account. */
  readonly accountId: string;

  /** Region of the secrets, parameters and of the Confluent cluster and compute pool, such as `us-east-1`. */
  readonly region: string;
}

/** Where Terraform keeps state. */
export type BackendConfig =
  /** Files in the project's folder: for trying out, and for the sandbox. */
  | { readonly type: "local" }
  /** One object a stack, with S3's own lock file. */
  | { readonly type: "s3"; readonly bucket: string; readonly region: string }
  /** One HCP Terraform workspace a stack, named `<system>-<environment>-<stack>`. */
  | { readonly type: "cloud"; readonly organization: string };

export interface StreamingConfig {
  /** `basic` has no role bindings on topics and so cannot run this system; it is refused. */
  readonly kafkaTier: "basic" | "standard" | "enterprise" | "freight" | "dedicated";

  /** Size of a dedicated cluster in Confluent units for Kafka, at least 2 in several zones. Other tiers have none. */
  readonly kafkaCku?: number;

  /** `LOW` is one zone, `HIGH` several. Enterprise and freight clusters are always `HIGH`. */
  readonly availability: "LOW" | "HIGH";

  readonly governancePackage: "ESSENTIALS" | "ADVANCED";

  /** Partitions of each topic. Can be raised later, never lowered. They cap the parallelism of a Flink source. */
  readonly topicPartitions: number;

  /** Days for which a topic keeps records, 1 to 365. */
  readonly topicRetentionDays: number;

  /** Ceiling of each compute pool: a budget, not a reservation. */
  readonly flinkMaxCfu: 5 | 10 | 20 | 30 | 40 | 50;

  /**
   * Seconds for which a new Flink job must run without an error before the one that it replaces goes, 0 to 300.
   *
   * @default 20
   */
  readonly flinkBakeSeconds?: number;

  /**
   * How the SQL of the flight consolidator comes about: by the Table API in the function that deploys it, or when the pull
   * request was made.
   *
   * @default "table-api"
   */
  readonly flinkEngine?: "table-api" | "compiled";

  /** Where a consumer without a committed offset begins. */
  readonly consumerOffsetReset: "earliest" | "latest";

  /** Days between two rotations of the API keys, 1 to 365. @default 30 */
  readonly keyRotationDays?: number;

  /**
   * Generations of API keys that live at a time, 2 to 5. A client that reads its secret at least once in
   * `keyRotationDays × (keysKept − 1)` days never meets a dead key.
   *
   * @default 2
   */
  readonly keysKept?: number;
}
