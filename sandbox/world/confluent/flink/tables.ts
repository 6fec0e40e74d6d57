import type { ConfluentCloud } from "../cloud";
import type {
  Environment,
  FlinkComputePool,
  FlinkStatement,
  KafkaCluster,
  KafkaTopic,
  MaterializedTable,
  SchemaRegistry,
  SchemaVersion,
} from "../objects";
import { schemaRegistryOf } from "../schema-registry";
import { schemaColumns, type Column } from "../schema/columns";
import { liveVersions } from "../schema/registry";
import type { TableReference } from "./sql-query";

/** A topic with a schema, as Flink sees it. */
export interface Table {
  readonly name: string;
  readonly cluster: KafkaCluster;
  readonly topic: KafkaTopic;
  readonly registry: SchemaRegistry;
  /** Subjects of its schemas: the value's, and the key's if there is one. */
  readonly subjects: readonly string[];
  /** Columns, those of the key first; undefined when a schema does not say. */
  readonly columns?: readonly Column[];
  /** Names of the key's; none when the key has no schema, or one that does not say. */
  readonly keyColumns: readonly string[];
  /** How key and value are written, as options of a table name it. */
  readonly formats: { readonly key: string; readonly value: string };
  /** The definition that fills it, if it is a materialized one. */
  readonly materialized?: MaterializedTable;
}

/** Where a statement runs and looks for tables. */
export interface Session {
  readonly pool: FlinkComputePool;
  readonly properties: FlinkStatement["properties"];
  /** Names of tables that it does not see yet. @default - none */
  readonly unseen?: readonly string[];
}

export const CATALOG = "sql.current-catalog";
export const DATABASE = "sql.current-database";

/**
 * Finds a table by the catalog's and database's id or display name. A pool sees the clusters of its own region only.
 *
 * @returns undefined when there is no such topic, or no value schema that would make it a table
 */
export function findTable(
  cloud: ConfluentCloud,
  { pool, properties }: Session,
  { path }: Pick<TableReference, "path">,
): Table | undefined {
  const [name = "", database = properties[DATABASE], catalog = properties[CATALOG]] = [
    ...path,
  ].reverse();
  const environment = findEnvironment(cloud, catalog);
  const registry = environment && schemaRegistryOf(cloud, environment.id);
  const cluster = environment && findCluster(cloud, environment, pool, database);
  const topic = cluster && cloud.topics.get(`${cluster.id}/${name}`);
  if (registry === undefined || cluster === undefined || topic === undefined) {
    return undefined;
  }
  const value = liveVersions(cloud, registry, `${name}-value`).at(-1);
  const key = liveVersions(cloud, registry, `${name}-key`).at(-1);
  const materialized = cloud.materializedTables.get(
    `${cluster.environmentId}/${cluster.id}/${name}`,
  );
  return (
    value && {
      name,
      cluster,
      topic,
      registry,
      subjects: key === undefined ? [value.subject] : [key.subject, value.subject],
      columns: columnsOf(key, value, materialized),
      keyColumns: (key && schemaColumns(key, "key"))?.map((column) => column.name) ?? [],
      formats: { key: formatOf(key), value: formatOf(value) },
      materialized,
    }
  );
}

function formatOf(version: SchemaVersion | undefined): string {
  const formats: Readonly<Record<string, string | undefined>> = {
    AVRO: "avro-registry",
    JSON: "json-registry",
    PROTOBUF: "proto-registry",
  };
  return formats[version?.format ?? ""] ?? "raw";
}

/** The environment of that id, or the only one of that display name. */
export function findEnvironment(cloud: ConfluentCloud, catalog = ""): Environment | undefined {
  const byName = cloud.environments.where(({ displayName }) => displayName === catalog);
  return cloud.environments.get(catalog) ?? (byName.length === 1 ? byName[0] : undefined);
}

function findCluster(
  cloud: ConfluentCloud,
  environment: Environment,
  pool: FlinkComputePool,
  database = "",
): KafkaCluster | undefined {
  const clusters = clustersSeen(cloud, environment, pool);
  const byName = clusters.filter(({ displayName }) => displayName === database);
  return (
    clusters.find(({ id }) => id === database) ?? (byName.length === 1 ? byName[0] : undefined)
  );
}

/** The clusters of an environment that a pool reaches: those of its own region. */
export function clustersSeen(
  cloud: ConfluentCloud,
  environment: Environment,
  pool: FlinkComputePool,
): readonly KafkaCluster[] {
  return cloud.kafkaClusters.where(
    (cluster) =>
      cluster.environmentId === environment.id &&
      cluster.cloud === pool.cloud &&
      cluster.region === pool.region,
  );
}

/** A value that is no record is one column `value`, a key that is none is one column `key`. */
function columnsOf(
  key: SchemaVersion | undefined,
  value: SchemaVersion,
  materialized: MaterializedTable | undefined,
): readonly Column[] | undefined {
  const ofKey = key === undefined ? [] : schemaColumns(key, "key");
  const ofValue = schemaColumns(value, "value");
  if (ofKey === undefined || ofValue === undefined) {
    return undefined;
  }
  const stored = [
    ...new Map([...ofValue, ...ofKey].map((column) => [column.name, column])).values(),
  ];
  const virtual = (materialized?.columns ?? [])
    .filter((name) => !stored.some((column) => column.name === name))
    .map((name): Column => ({ name, type: "string" }));
  return [...ofKey, ...stored.filter((column) => !ofKey.includes(column)), ...virtual];
}
