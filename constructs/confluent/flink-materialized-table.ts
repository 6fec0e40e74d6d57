import { FlinkMaterializedTable as FlinkMaterializedTableResource } from "@cdktf/provider-confluent/lib/flink-materialized-table";
import { Construct } from "constructs";

import { protectedLifecycle, type DataProtection } from "../core/data-protection";
import { recordLineage } from "../core/lineage";
import { readSourceFile, withoutTemplates } from "../core/source-file";
import { validate, type Rule } from "../core/validation";
import type { FlinkAccess, FlinkTable } from "./flink-access";
import type { FlinkProcess } from "./flink-process";
import { analyseSql } from "./flink-sql/analysis";
import { sqlRules } from "./flink-sql/lint";
import { namesOf, tableRules, tablesOf } from "./flink-tables";
import type { KafkaCluster } from "./kafka-cluster";

/** A column that is stored. */
export interface FlinkColumn {
  readonly name: string;

  /** Flink's SQL type, such as `BIGINT` or `STRING NOT NULL`. */
  readonly type: string;
}

export interface FlinkMaterializedTableProps {
  readonly access: FlinkAccess;

  /** Name of the table, and of its topic. */
  readonly tableName: string;

  /** File with the query, such as `pipelines/flyer_stats/query.sql`, without a semicolon at its end. */
  readonly queryFile: string;

  /** Environment's display name: where tables are looked for. */
  readonly catalog: string;

  /** Where tables are looked for, and where the topic is made. */
  readonly cluster: Pick<KafkaCluster, "displayName" | "kafkaClusterId">;

  /** The tables that the query may name. */
  readonly tables: readonly FlinkTable[];

  /** All columns, in the order of the query's. Columns can be added; Confluent refuses to drop one. */
  readonly columns: readonly FlinkColumn[];

  /** Columns by which a row replaces another. @default - rows are only added */
  readonly primaryKey?: readonly string[];

  /** How rows are spread over partitions. Changing it makes a new table. */
  readonly distribution: { readonly keys: readonly string[]; readonly buckets: number };

  /**
   * Where a changed query begins: behind the last record that was read, or at the first one where that cannot be told.
   * What it had counted, joined or grouped is lost either way. Confluent knows other modes, its provider only this one.
   */
  readonly startMode: "RESUME_OR_FROM_BEGINNING";

  /** As in `WITH (…)`. @default - Confluent's */
  readonly tableOptions?: Readonly<Record<string, string>>;

  /** Further `sql.*` properties. Changing them makes a new table. @default - none */
  readonly properties?: Readonly<Record<string, string>>;

  /** @default - protected */
  readonly protection?: DataProtection;
}

/**
 * A table that keeps the result of a query, and the one thing of Flink's that changes in place: its query may get
 * another text and its columns may become more, while consumers go on reading the same topic. @stateful
 *
 * @see https://docs.confluent.io/cloud/current/flink/concepts/materialized-tables.html
 */
export class FlinkMaterializedTable extends Construct implements FlinkProcess {
  readonly processName: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly resources: readonly FlinkMaterializedTableResource[];

  constructor(scope: Construct, id: string, props: FlinkMaterializedTableProps) {
    super(scope, id);
    const { access, tableName, cluster, distribution } = props;
    const query = readSourceFile(this, props.queryFile).trim();
    const tableScope = { ...props, database: cluster.displayName };
    const { reads } = analyseSql(query);
    validate(this, [
      ...columnRules(props),
      ...queryRules(props, query),
      ...tableRules(props.queryFile, reads, tableScope),
    ]);
    const sources = tablesOf(reads, tableScope);
    const grants = [
      ...sources.flatMap((table) => access.grantRead(table)),
      // Flink makes the schema of the key, which are the columns of the distribution, from the query.
      ...access.grantOwn({ name: tableName, keySchema: props.queryFile }),
    ];
    this.processName = tableName;
    this.reads = namesOf(sources);
    this.writes = [tableName];
    this.resources = [
      new FlinkMaterializedTableResource(this, "Resource", {
        provider: access.provider,
        displayName: tableName,
        kafkaCluster: { id: cluster.kafkaClusterId },
        query: withoutTemplates(query),
        columns: props.columns.map(({ name, type }) => ({
          columnsPhysical: [{ columnPhysicalName: name, columnPhysicalType: type }],
        })),
        ...(props.primaryKey !== undefined && {
          constraints: [
            { name: "primary_key", type: "PRIMARY_KEY", columns: [...props.primaryKey] },
          ],
        }),
        distribution: {
          kind: "HASH",
          keys: [...distribution.keys],
          bucketCount: distribution.buckets,
        },
        tableOptions: props.tableOptions,
        sessionOptions: props.properties,
        lifecycle: protectedLifecycle(this, props.protection),
        // Roles are found by name, not by reference: a query whose principal lacks one fails for good.
        dependsOn: [...new Set(grants)],
      }),
    ];
    recordLineage(this, {
      kind: "materialized-table",
      name: tableName,
      reads: this.reads,
      writes: this.writes,
    });
  }
}

function columnRules(props: FlinkMaterializedTableProps): readonly Rule[] {
  const { tableName, columns, distribution, primaryKey, tableOptions = {} } = props;
  const names = columns.map(({ name }) => name);
  const strangers = [...distribution.keys, ...(primaryKey ?? [])].filter(
    (key) => !names.includes(key),
  );
  return [
    [
      !/^[A-Za-z0-9._-]{1,249}$/.test(tableName),
      `tableName must be 1-249 letters, digits, ".", "_" or "-", got ${JSON.stringify(tableName)}`,
    ],
    [
      new Set(names).size < names.length || names.length === 0,
      `columns must be at least one, each with a name of its own, got ${names.join(", ")}`,
    ],
    [
      strangers.length > 0,
      `distribution and primaryKey must name columns (${names.join(", ")}), got ${strangers.join(", ")}`,
    ],
    [
      distribution.keys.length === 0,
      "distribution must have at least one key: otherwise rows lie in any partition, in no order, got none",
    ],
    [
      !Number.isInteger(distribution.buckets) || distribution.buckets < 1,
      `distribution must have a whole number of at least 1 buckets, got ${distribution.buckets}`,
    ],
    [
      primaryKey === undefined && tableOptions["changelog.mode"] === "upsert",
      `primaryKey must say which row an upsert replaces, got none`,
    ],
  ];
}

function queryRules(
  { queryFile, properties }: FlinkMaterializedTableProps,
  query: string,
): readonly Rule[] {
  const { kind } = analyseSql(query);
  const isQuery = kind === "select" || query === "";
  return [
    ...sqlRules({ file: queryFile, sql: query, properties }),
    [!isQuery, `${queryFile} must be a query: the table is declared beside it, got ${kind}`],
  ];
}
