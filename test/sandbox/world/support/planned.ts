import type { TerraformObject } from "../../../../sandbox/world/values";

const unknown = { $unknown: true };

export const orderSchema = JSON.stringify({
  type: "record",
  name: "Order",
  fields: [
    { name: "id", type: "long" },
    { name: "amount", type: "double" },
  ],
});

/** Configurations as Terraform plans them, with what is computed still unknown. */
export const planned = {
  environment: (display_name = "streaming", governance = "ESSENTIALS"): TerraformObject => ({
    display_name,
    id: unknown,
    resource_name: unknown,
    stream_governance: governance === "" ? unknown : [{ package: governance }],
  }),

  kafkaCluster: (
    environmentId: string,
    display_name = "main",
    tier: "basic" | "standard" = "standard",
  ): TerraformObject => ({
    display_name,
    availability: "LOW",
    cloud: "AWS",
    region: "us-east-1",
    environment: [{ id: environmentId }],
    basic: tier === "basic" ? [{ max_ecku: unknown }] : [],
    standard: tier === "standard" ? [{ max_ecku: unknown }] : [],
    dedicated: [],
    enterprise: [],
    freight: [],
    id: unknown,
    endpoints: unknown,
    network: unknown,
    byok_key: unknown,
    deletion_protection: null,
    timeouts: null,
  }),

  computePool: (environmentId: string, display_name = "statements"): TerraformObject => ({
    display_name,
    cloud: "AWS",
    region: "us-east-1",
    max_cfu: 10,
    default_pool: false,
    environment: [{ id: environmentId }],
    id: unknown,
    resource_name: unknown,
    timeouts: null,
  }),

  serviceAccount: (display_name: string): TerraformObject => ({
    display_name,
    description: `does ${display_name}`,
    id: unknown,
  }),

  roleBinding: (accountId: string, role_name: string, crn_pattern: string): TerraformObject => ({
    principal: `User:${accountId}`,
    role_name,
    crn_pattern,
    disable_wait_for_ready: false,
    id: unknown,
  }),

  apiKey: (
    ownerId: string,
    managed?: { id: string; api_version: string; kind: string; environmentId: string },
  ): TerraformObject => ({
    display_name: `${ownerId} ${managed?.id ?? "cloud"}`,
    description: "a key",
    disable_wait_for_ready: false,
    owner: [{ id: ownerId, api_version: "iam/v2", kind: "ServiceAccount" }],
    managed_resource:
      managed === undefined
        ? []
        : [
            {
              id: managed.id,
              api_version: managed.api_version,
              kind: managed.kind,
              environment: [{ id: managed.environmentId }],
            },
          ],
    id: unknown,
    secret: unknown,
  }),

  topic: (topic_name: string, more: TerraformObject = {}): TerraformObject => ({
    topic_name,
    partitions_count: 6,
    config: { "retention.ms": "604800000" },
    rest_endpoint: null,
    credentials: [],
    kafka_cluster: [],
    id: unknown,
    ...more,
  }),

  schema: (
    subject_name: string,
    schema = orderSchema,
    more: TerraformObject = {},
  ): TerraformObject => ({
    subject_name,
    schema,
    format: "AVRO",
    hard_delete: false,
    recreate_on_update: false,
    skip_validation_during_plan: false,
    schema_reference: [],
    metadata: [],
    ruleset: [],
    rest_endpoint: null,
    credentials: [],
    schema_registry_cluster: [],
    id: unknown,
    schema_identifier: unknown,
    version: unknown,
    ...more,
  }),

  connector: (
    { environment, cluster }: Record<"environment" | "cluster", string>,
    config_nonsensitive: TerraformObject,
    more: TerraformObject = {},
  ): TerraformObject => ({
    environment: [{ id: environment }],
    kafka_cluster: [{ id: cluster }],
    config_nonsensitive: {
      name: "trades",
      "connector.class": "DatagenSource",
      "kafka.auth.mode": "SERVICE_ACCOUNT",
      "kafka.topic": "stock_trades",
      "output.data.format": "AVRO",
      quickstart: "STOCK_TRADES",
      "tasks.max": "1",
      ...config_nonsensitive,
    },
    config_sensitive: unknown,
    offsets: [],
    status: unknown,
    id: unknown,
    timeouts: null,
    ...more,
  }),

  materializedTable: (
    display_name: string,
    { cluster }: Record<"cluster", string>,
    query: string,
    more: TerraformObject = {},
  ): TerraformObject => ({
    display_name,
    query,
    kafka_cluster: [{ id: cluster }],
    stopped: false,
    table_options: unknown,
    session_options: unknown,
    organization: unknown,
    environment: unknown,
    compute_pool: unknown,
    principal: unknown,
    distribution: unknown,
    columns: [],
    watermark: [],
    constraints: [],
    rest_endpoint: null,
    credentials: [],
    id: unknown,
    timeouts: null,
    ...more,
  }),

  statement: (
    statement_name: string,
    statement: string,
    more: TerraformObject = {},
  ): TerraformObject => ({
    statement_name,
    statement,
    properties: { "sql.current-catalog": "streaming", "sql.current-database": "main" },
    properties_sensitive: unknown,
    stopped: unknown,
    organization: unknown,
    environment: unknown,
    compute_pool: unknown,
    principal: unknown,
    latest_offsets: unknown,
    latest_offsets_timestamp: unknown,
    rest_endpoint: null,
    credentials: [],
    id: unknown,
    timeouts: null,
    ...more,
  }),
};
