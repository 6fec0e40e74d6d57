import type { JsonObject, TerraformObject } from "../values";
import type { Propagating } from "./propagation";

/** What exists in the cloud. One interface a kind; every object has a unique id and is replaced, never changed. */

export interface Environment {
  readonly id: string;
  readonly displayName: string;
  /** Stream Governance package; empty when none was chosen, and then there is no Schema Registry. */
  readonly governancePackage: string;
}

export type ClusterTier = "basic" | "standard" | "dedicated" | "enterprise" | "freight";

export interface KafkaCluster {
  readonly id: string;
  readonly environmentId: string;
  readonly displayName: string;
  readonly availability: string;
  readonly cloud: string;
  readonly region: string;
  readonly tier: ClusterTier;
  /** Elastic units at most, for every tier but dedicated. */
  readonly maxEcku: number;
  /** Dedicated units; 0 for every other tier. */
  readonly cku: number;
  /** Of a dedicated cluster on one's own key of the older kind; empty otherwise. */
  readonly encryptionKey: string;
  readonly zones: readonly string[];
  readonly networkId: string;
  readonly byokKeyId: string;
  readonly deletionProtection: boolean;
  /** First label of the cluster's host name, such as `pkc-1a2b3`. */
  readonly hostLabel: string;
}

export interface SchemaRegistry {
  readonly id: string;
  readonly environmentId: string;
  readonly cloud: string;
  readonly region: string;
  /** First label of the registry's host name, such as `psrc-1a2b3`. */
  readonly hostLabel: string;
}

export interface ServiceAccount {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
}

export interface RoleBinding extends Propagating {
  readonly id: string;
  /** `User:<service account>`. */
  readonly principal: string;
  readonly roleName: string;
  readonly crnPattern: string;
}

export interface ManagedResourceReference {
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty when none was given. */
  readonly environmentId: string;
}

export interface ApiKey extends Propagating {
  readonly id: string;
  readonly secret: string;
  readonly ownerId: string;
  readonly displayName: string;
  readonly description: string;
  /** What the key opens. @default - the control plane: a cloud key */
  readonly managedResource?: ManagedResourceReference;
}

export interface FlinkComputePool {
  readonly id: string;
  readonly environmentId: string;
  readonly displayName: string;
  readonly cloud: string;
  readonly region: string;
  readonly maxCfu: number;
  readonly defaultPool: boolean;
}

export type StatementPhase =
  "PENDING" | "RUNNING" | "COMPLETED" | "DEGRADED" | "STOPPING" | "STOPPED" | "FAILED" | "DELETING";

/** What a test wants to become of a statement that Flink would run. */
export interface StatementFate {
  /**
   * `fails`: it runs and then fails; `degrades`: it runs and then gets no further; `exhausts`: it waits for a place in its
   * pool.
   */
  readonly kind: "fails" | "degrades" | "exhausts";
  /** After how many reads it fails or degrades, or until which it waits. */
  readonly reads: number;
  /** What its status then says. */
  readonly detail: string;
}

/** What a statement that was only asked something has answered. */
export interface StatementResult {
  readonly columns: readonly ResultColumn[];
  /** As the API writes them: every cell is text or null. */
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface ResultColumn {
  readonly name: string;
  /** Flink's type as the API describes it, such as `{"type": "BIGINT", "nullable": false}`. */
  readonly type: JsonObject;
}

export interface FlinkStatement {
  /** `<environment>/<name>`: a name is unique in its environment. */
  readonly id: string;
  readonly name: string;
  readonly environmentId: string;
  readonly computePoolId: string;
  readonly principalId: string;
  readonly sql: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly uid: string;
  /** In milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Counts the changes, its phase's among them; a writer must name the one that it has read. */
  readonly revision: number;
  readonly phase: StatementPhase;
  /** What happens once it has been read so many times more. @default - nothing */
  readonly awaits?: {
    readonly reads: number;
    readonly then: "launch" | "fail" | "degrade" | "stop" | "delete";
  };
  /** @default - Flink decides */
  readonly fate?: StatementFate;
  /** Tables that it does not see, because they were made just before. @default - none */
  readonly unseen?: readonly string[];
  /** Whether it has run, and so goes on from its own offsets when it is resumed. @default false */
  readonly hasRun?: boolean;
  /** @default - it gives no rows, or has not run */
  readonly result?: StatementResult;
  /** Why the statement is in its phase; empty when all is well. */
  readonly detail: string;
  /** When the phase was entered, in milliseconds since the Unix epoch. */
  readonly phaseSince: number;
  /** How far each source table was read, by table name. Filled when the statement stops. */
  readonly latestOffsets: Readonly<Record<string, string>>;
  readonly latestOffsetsAt?: number;
}

export type MaterializedTablePhase = "RUNNING" | "STOPPED" | "FAILED";

export interface MaterializedTable {
  /** `<environment>/<cluster>/<name>`, as Terraform's. */
  readonly id: string;
  readonly environmentId: string;
  readonly clusterId: string;
  readonly name: string;
  readonly computePoolId: string;
  readonly principalId: string;
  readonly query: string;
  readonly tableOptions: Readonly<Record<string, string>>;
  readonly sessionOptions: Readonly<Record<string, string>>;
  /** What is declared beside the query, as Terraform's blocks. */
  readonly declared: Readonly<
    Record<"columns" | "watermark" | "constraints" | "distribution", readonly TerraformObject[]>
  >;
  /** Names of its columns, those that are computed when it is read included; none before it first ran. */
  readonly columns: readonly string[];
  /** Whether it has made its topic, and so takes it away when it goes. */
  readonly ownsTopic: boolean;
  readonly phase: MaterializedTablePhase;
  /** Why it is in its phase; empty when all is well. */
  readonly detail: string;
}

export interface KafkaTopic {
  /** `<cluster>/<name>`, as Terraform's. */
  readonly id: string;
  readonly clusterId: string;
  readonly name: string;
  readonly partitions: number;
  /** Settings that someone set; those at their default are not listed. */
  readonly config: Readonly<Record<string, string>>;
}

export type ConnectorStatus = "PROVISIONING" | "RUNNING" | "PAUSED" | "FAILED";

export interface Connector {
  readonly id: string;
  readonly environmentId: string;
  readonly clusterId: string;
  /** Unique in its cluster. */
  readonly name: string;
  /** All settings, sensitive ones included. */
  readonly config: Readonly<Record<string, string>>;
  readonly status: ConnectorStatus;
  /** Why its tasks failed; empty when they did not. */
  readonly trace: string;
}

export interface SchemaReference {
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

export interface SchemaVersion {
  /** `<registry>/<subject>/<version>`. */
  readonly id: string;
  readonly registryId: string;
  readonly subject: string;
  readonly version: number;
  /** One a registry and content, so the same for equal schemas of different subjects. */
  readonly schemaId: number;
  readonly format: string;
  /** As written by whoever registered it. */
  readonly schema: string;
  readonly references: readonly SchemaReference[];
  /** A soft delete hides the version and keeps its number and id. */
  readonly softDeleted: boolean;
}

export interface SubjectConfig {
  /** `<registry>/<subject>`, as Terraform's. */
  readonly id: string;
  readonly registryId: string;
  readonly subject: string;
  readonly compatibilityLevel: string;
  readonly compatibilityGroup: string;
  readonly normalize: boolean;
  readonly alias: string;
}
