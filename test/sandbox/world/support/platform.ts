import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { cloudKey, Terraform } from "./terraform";

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

/** An environment with a cluster, a registry and a pool. */
export class Platform {
  private constructor(
    readonly terraform: Terraform,
    readonly organization: TerraformObject,
    readonly environment: TerraformObject,
    readonly cluster: TerraformObject,
    readonly registry: TerraformObject,
    readonly pool: TerraformObject,
  ) {}

  static async create(terraform = new Terraform()): Promise<Platform> {
    const environment = await terraform.create("environment", planned.environment());
    const id = text(environment, "id");
    return new Platform(
      terraform,
      await terraform.readData("organization"),
      environment,
      await terraform.create("kafka_cluster", planned.kafkaCluster(id)),
      await terraform.readData("schema_registry_cluster", { environment: [{ id }] }),
      await terraform.create("flink_compute_pool", planned.computePool(id)),
    );
  }

  get ids(): Record<"organization" | "environment" | "cluster" | "registry" | "pool", string> {
    return {
      organization: text(this.organization, "id"),
      environment: text(this.environment, "id"),
      cluster: text(this.cluster, "id"),
      registry: text(this.registry, "id"),
      pool: text(this.pool, "id"),
    };
  }

  topicCrn(name: string, type = "topic"): string {
    return `${text(this.cluster, "rbac_crn")}/kafka=${this.ids.cluster}/${type}=${name}`;
  }

  subjectCrn(name: string): string {
    return `${text(this.registry, "resource_name")}/subject=${name}`;
  }

  async account(displayName: string): Promise<string> {
    return text(
      await this.terraform.create("service_account", planned.serviceAccount(displayName)),
      "id",
    );
  }

  grant(accountId: string, role: string, crnPattern: string): Promise<TerraformObject> {
    return this.terraform.create("role_binding", planned.roleBinding(accountId, role, crnPattern));
  }

  key(ownerId: string, opens: "cluster" | "registry" | "region"): Promise<TerraformObject> {
    const managed = {
      cluster: { id: this.ids.cluster, api_version: "cmk/v2", kind: "Cluster" },
      registry: { id: this.ids.registry, api_version: "srcm/v3", kind: "Cluster" },
      region: { id: "aws.us-east-1", api_version: "fcpm/v2", kind: "Region" },
    }[opens];
    return this.terraform.create(
      "api_key",
      planned.apiKey(ownerId, { ...managed, environmentId: this.ids.environment }),
    );
  }

  /** A provider block with new keys of the account for the cluster and the registry. */
  async streams(accountId: string): Promise<TerraformObject> {
    const kafka = await this.key(accountId, "cluster");
    const registry = await this.key(accountId, "registry");
    return {
      ...cloudKey,
      kafka_id: this.ids.cluster,
      kafka_rest_endpoint: text(this.cluster, "rest_endpoint"),
      kafka_api_key: text(kafka, "id"),
      kafka_api_secret: text(kafka, "secret"),
      schema_registry_id: this.ids.registry,
      schema_registry_rest_endpoint: text(this.registry, "rest_endpoint"),
      schema_registry_api_key: text(registry, "id"),
      schema_registry_api_secret: text(registry, "secret"),
    };
  }

  /** A provider block with a new key of the submitter, for statements that run as the principal. */
  async flink(submitterId: string, principalId = submitterId): Promise<TerraformObject> {
    const key = await this.key(submitterId, "region");
    return {
      ...cloudKey,
      organization_id: this.ids.organization,
      environment_id: this.ids.environment,
      flink_compute_pool_id: this.ids.pool,
      flink_principal_id: principalId,
      flink_rest_endpoint: "https://flink.us-east-1.aws.confluent.cloud",
      flink_api_key: text(key, "id"),
      flink_api_secret: text(key, "secret"),
    };
  }

  /** An account that may do everything in the environment. */
  async administrator(displayName = "administrator"): Promise<string> {
    const id = await this.account(displayName);
    await this.grant(id, "EnvironmentAdmin", text(this.environment, "resource_name"));
    return id;
  }

  /** Topics with a value schema. */
  async tables(streams: TerraformObject, ...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.terraform.create("kafka_topic", planned.topic(name), streams);
      await this.terraform.create("schema", planned.schema(`${name}-value`), streams);
    }
  }
}
