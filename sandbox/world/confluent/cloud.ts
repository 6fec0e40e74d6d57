import type { Clock } from "../clock";
import { deriveUuid, Identifiers } from "../identifiers";
import { Table } from "../table";
import type {
  ApiKey,
  Connector,
  Environment,
  FlinkComputePool,
  FlinkStatement,
  KafkaCluster,
  KafkaTopic,
  MaterializedTable,
  RoleBinding,
  SchemaRegistry,
  SchemaVersion,
  ServiceAccount,
  SubjectConfig,
} from "./objects";

/** Everything that exists, as it goes into a snapshot. */
export interface CloudState {
  readonly created: Readonly<Record<string, number>>;
  readonly environments: readonly Environment[];
  readonly kafkaClusters: readonly KafkaCluster[];
  readonly schemaRegistries: readonly SchemaRegistry[];
  readonly serviceAccounts: readonly ServiceAccount[];
  readonly roleBindings: readonly RoleBinding[];
  readonly apiKeys: readonly ApiKey[];
  readonly computePools: readonly FlinkComputePool[];
  readonly statements: readonly FlinkStatement[];
  readonly materializedTables: readonly MaterializedTable[];
  readonly topics: readonly KafkaTopic[];
  readonly connectors: readonly Connector[];
  readonly schemaVersions: readonly SchemaVersion[];
  readonly subjectConfigs: readonly SubjectConfig[];
}

/** One organization of Confluent Cloud: its objects, and nothing about who may do what with them. */
export class ConfluentCloud {
  readonly organizationId: string;
  readonly identifiers: Identifiers;
  readonly environments: Table<Environment>;
  readonly kafkaClusters: Table<KafkaCluster>;
  readonly schemaRegistries: Table<SchemaRegistry>;
  readonly serviceAccounts: Table<ServiceAccount>;
  readonly roleBindings: Table<RoleBinding>;
  readonly apiKeys: Table<ApiKey>;
  readonly computePools: Table<FlinkComputePool>;
  readonly statements: Table<FlinkStatement>;
  readonly materializedTables: Table<MaterializedTable>;
  readonly topics: Table<KafkaTopic>;
  readonly connectors: Table<Connector>;
  readonly schemaVersions: Table<SchemaVersion>;
  readonly subjectConfigs: Table<SubjectConfig>;

  /**
   * @param seed decides every id that the cloud issues
   * @param state what exists already. @default - nothing
   */
  constructor(
    seed: string,
    readonly clock: Clock,
    state?: CloudState,
  ) {
    this.organizationId = deriveUuid(seed, "organization");
    this.identifiers = new Identifiers(seed, { ...state?.created });
    this.environments = new Table(state?.environments);
    this.kafkaClusters = new Table(state?.kafkaClusters);
    this.schemaRegistries = new Table(state?.schemaRegistries);
    this.serviceAccounts = new Table(state?.serviceAccounts);
    this.roleBindings = new Table(state?.roleBindings);
    this.apiKeys = new Table(state?.apiKeys);
    this.computePools = new Table(state?.computePools);
    this.statements = new Table(state?.statements);
    this.materializedTables = new Table(state?.materializedTables);
    this.topics = new Table(state?.topics);
    this.connectors = new Table(state?.connectors);
    this.schemaVersions = new Table(state?.schemaVersions);
    this.subjectConfigs = new Table(state?.subjectConfigs);
  }

  get organizationCrn(): string {
    return `crn://confluent.cloud/organization=${this.organizationId}`;
  }

  environmentCrn(environmentId: string): string {
    return `${this.organizationCrn}/environment=${environmentId}`;
  }

  toJSON(): CloudState {
    return {
      created: this.identifiers.toJSON(),
      environments: this.environments.all(),
      kafkaClusters: this.kafkaClusters.all(),
      schemaRegistries: this.schemaRegistries.all(),
      serviceAccounts: this.serviceAccounts.all(),
      roleBindings: this.roleBindings.all(),
      apiKeys: this.apiKeys.all(),
      computePools: this.computePools.all(),
      statements: this.statements.all(),
      materializedTables: this.materializedTables.all(),
      topics: this.topics.all(),
      connectors: this.connectors.all(),
      schemaVersions: this.schemaVersions.all(),
      subjectConfigs: this.subjectConfigs.all(),
    };
  }
}
