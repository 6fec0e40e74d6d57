import type { ConfluentCloud } from "../cloud";
import type { Environment, KafkaCluster } from "../objects";
import { flinkType, MAX_LENGTH, typeName } from "./flink-type";
import { clustersSeen, findEnvironment, findTable, type Session, type Table } from "./tables";

/** One row of a view, by column. */
export type InformationRow = Readonly<Record<string, string | number | null>>;

/** Name of the schema in every catalog. */
export const INFORMATION_SCHEMA = "INFORMATION_SCHEMA";

/** A column that Flink adds to every table. */
const ROWTIME = "$rowtime";

/**
 * The rows of a view of a catalog's information schema, with the columns that Confluent's clients ask for.
 *
 * @returns undefined when there is no such catalog or view
 */
export function informationRows(
  cloud: ConfluentCloud,
  session: Session,
  catalog: string,
  view: string,
): readonly InformationRow[] | undefined {
  const environment = findEnvironment(cloud, catalog);
  if (environment === undefined) {
    return undefined;
  }
  const clusters = clustersSeen(cloud, environment, session.pool);
  const ofTables = (
    rows: (table: Table, place: InformationRow) => readonly InformationRow[],
  ): readonly InformationRow[] =>
    clusters.flatMap((cluster) =>
      tablesOf(cloud, session, environment, cluster).flatMap((table) =>
        rows(table, place(environment, cluster, table.name)).map((row) => ({
          ...place(environment, cluster, table.name),
          ...row,
        })),
      ),
    );
  switch (view) {
    case "CATALOGS":
      return cloud.environments
        .all()
        .map(({ id, displayName }) => ({ CATALOG_ID: id, CATALOG_NAME: displayName }));
    case "SCHEMATA":
      return [{ id: INFORMATION_SCHEMA, displayName: INFORMATION_SCHEMA }, ...clusters].map(
        ({ id, displayName }) => ({
          CATALOG_ID: environment.id,
          CATALOG_NAME: environment.displayName,
          SCHEMA_ID: id,
          SCHEMA_NAME: displayName,
        }),
      );
    case "TABLES":
      return ofTables((table) => [tableRow(table)]);
    case "COLUMNS":
      return ofTables(columnRows);
    case "TABLE_OPTIONS":
      return ofTables((table) =>
        Object.entries(options(table)).map(([key, value]) => ({
          OPTION_KEY: key,
          OPTION_VALUE: value,
        })),
      );
    // Of tables that come from a topic and its schemas none has a constraint, and the world has no functions.
    case "KEY_COLUMN_USAGE":
    case "ROUTINE_OPTIONS":
      return [];
    default:
      return undefined;
  }
}

function tablesOf(
  cloud: ConfluentCloud,
  session: Session,
  environment: Environment,
  cluster: KafkaCluster,
): readonly Table[] {
  return cloud.topics
    .where(({ clusterId }) => clusterId === cluster.id)
    .filter(({ name }) => session.unseen?.includes(name) !== true)
    .flatMap(({ name }) => {
      const table = findTable(cloud, session, { path: [environment.id, cluster.id, name] });
      return table === undefined ? [] : [table];
    });
}

function place(environment: Environment, cluster: KafkaCluster, table: string): InformationRow {
  return {
    TABLE_CATALOG_ID: environment.id,
    TABLE_CATALOG: environment.displayName,
    TABLE_SCHEMA_ID: cluster.id,
    TABLE_SCHEMA: cluster.displayName,
    TABLE_NAME: table,
  };
}

function tableRow({ topic }: Table): InformationRow {
  return {
    TABLE_TYPE: "BASE TABLE",
    IS_DISTRIBUTED: "YES",
    DISTRIBUTION_ALGORITHM: "HASH",
    DISTRIBUTION_BUCKETS: topic.partitions,
    IS_WATERMARKED: "YES",
    WATERMARK_COLUMN: ROWTIME,
    WATERMARK_EXPRESSION: "SOURCE_WATERMARK()",
    WATERMARK_IS_HIDDEN: "YES",
    COMMENT: null,
  };
}

function columnRows(table: Table): readonly InformationRow[] {
  const { columns = [], keyColumns } = table;
  // The key of a topic without a schema for it is one column of bytes.
  const raw = keyColumns.length === 0 && !columns.some(({ name }) => name === "key");
  const stored = [
    ...(raw ? [{ name: "key", type: `VARBINARY(${MAX_LENGTH})` }] : []),
    ...columns.map(({ name, type }) => ({ name, type: flinkType(type) })),
  ];
  const keys = raw ? ["key"] : keyColumns;
  return [
    ...stored.map(({ name, type }, index) => ({
      ...columnRow(name, type, index),
      DISTRIBUTION_ORDINAL_POSITION: keys.includes(name) ? keys.indexOf(name) + 1 : null,
    })),
    {
      ...columnRow(ROWTIME, "TIMESTAMP(3) WITH LOCAL TIME ZONE NOT NULL", stored.length),
      IS_HIDDEN: "YES",
      IS_METADATA: "YES",
      IS_PERSISTED: "NO",
      METADATA_KEY: ROWTIME,
      COMMENT: "SYSTEM",
    },
  ];
}

function columnRow(name: string, type: string, index: number): InformationRow {
  return {
    COLUMN_NAME: name,
    ORDINAL_POSITION: index + 1,
    IS_NULLABLE: type.endsWith(" NOT NULL") ? "NO" : "YES",
    DATA_TYPE: typeName(type),
    FULL_DATA_TYPE: type,
    IS_HIDDEN: "NO",
    IS_GENERATED: "NO",
    GENERATION_EXPRESSION: null,
    IS_METADATA: "NO",
    IS_PERSISTED: "YES",
    METADATA_KEY: null,
    DISTRIBUTION_ORDINAL_POSITION: null,
    COMMENT: null,
  };
}

function options({ topic, formats }: Table): Readonly<Record<string, string>> {
  return {
    connector: "confluent",
    "changelog.mode": "append",
    "kafka.cleanup-policy": topic.config["cleanup.policy"] ?? "delete",
    "key.format": formats.key,
    "scan.bounded.mode": "unbounded",
    "scan.startup.mode": "earliest-offset",
    "value.format": formats.value,
  };
}
