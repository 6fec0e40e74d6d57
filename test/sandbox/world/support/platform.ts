import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { planned } from "./planned";
import { cloudKey, Terraform } from "./terraform";

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
