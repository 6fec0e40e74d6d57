import { Refusal } from "../../refusal";
import { number } from "../../values";
import type { ConfluentCloud } from "../cloud";
import type { KafkaCluster, MaterializedTable, SchemaRegistry } from "../objects";
import { IncompatibleSchema, register } from "../schema/registry";
import { schemaRegistryOf } from "../schema-registry";
import { keyColumns, materializedColumns, type MaterializedColumns } from "./materialized-columns";
import { failureDetail, PlanFailure, requirePermissions } from "./plan-failure";
import { requireUses, resolve } from "./planner";
import { definingQuery, permissionsToMaterialize, reads } from "./required-permissions";
import { parseStatement } from "./sql-statement";
import { CATALOG, DATABASE, type Session } from "./tables";
import { recordSchema } from "./value-schema";

/** Partitions of a table that is not distributed otherwise. */
export const DEFAULT_BUCKETS = 6;

/** What Flink would do with a materialized table. */
type MaterializedPlan =
  | {
      readonly kind: "runs";
      readonly registry: SchemaRegistry;
      readonly columns: MaterializedColumns;
    }
  | { readonly kind: "fails"; readonly detail: string };

/**
 * The table as it is after it was created or altered. Its topic and its subjects are there then, unless it failed.
 *
 * @param asked the table with its new definition
 * @param phase in which it is to be
 * @throws Refusal when it has lost a column
 */
export function materialize(
  cloud: ConfluentCloud,
  asked: MaterializedTable,
  phase: "RUNNING" | "STOPPED",
): MaterializedTable {
  const planned = plan(cloud, asked);
  if (planned.kind === "fails") {
    return { ...asked, phase: "FAILED", detail: planned.detail };
  }
  const { columns, registry } = planned;
  const names = [...[...columns.key, ...columns.value].map(({ name }) => name), ...columns.virtual];
  refuseLostColumns(asked, names);
  try {
    registerSchemas(cloud, asked, registry, columns);
  } catch (error) {
    if (error instanceof Refusal || error instanceof IncompatibleSchema) {
      return { ...asked, phase: "FAILED", detail: error.message };
    }
    throw error;
  }
  ensureTopic(cloud, asked);
  return { ...asked, columns: names, ownsTopic: true, phase, detail: "" };
}

/** A running table fails when a source of its goes away or a role is revoked, unseen by Terraform. */
export function settleMaterializedTables(cloud: ConfluentCloud): void {
  for (const table of cloud.materializedTables.where(({ phase }) => phase === "RUNNING")) {
    const planned = plan(cloud, table);
    if (planned.kind === "fails") {
      cloud.materializedTables.put({ ...table, phase: "FAILED", detail: planned.detail });
    }
  }
}

function plan(cloud: ConfluentCloud, table: MaterializedTable): MaterializedPlan {
  try {
    return planTable(cloud, table);
  } catch (error) {
    return { kind: "fails", detail: failureDetail(error) };
  }
}

function planTable(cloud: ConfluentCloud, table: MaterializedTable): MaterializedPlan {
  const session = sessionOf(cloud, table);
  const cluster = clusterOf(cloud, table);
  const registry = schemaRegistryOf(cloud, table.environmentId);
  if (registry === undefined) {
    throw new PlanFailure(`Environment ${table.environmentId} has no Schema Registry.`);
  }
  const query = definingQuery(parseStatement(table.query));
  const uses = reads(query, (reference) => resolve(cloud, session, reference));
  requireUses(cloud, table.principalId, uses);
  const sources = uses.map((use) => use.table);
  const columns = materializedColumns(table, query, sources);
  const subjects = subjectsOf(table);
  const wrong = `Table '${table.name}' cannot be materialized`;
  const permissions = permissionsToMaterialize({ name: table.name, subjects });
  requirePermissions(cloud, table.principalId, { cluster, registry }, { wrong, permissions });
  return { kind: "runs", registry, columns };
}

/** With a key there are two. */
function subjectsOf({ name, declared }: MaterializedTable): readonly string[] {
  return keyColumns(declared).length === 0 ? [`${name}-value`] : [`${name}-key`, `${name}-value`];
}

function sessionOf(cloud: ConfluentCloud, table: MaterializedTable): Session {
  const pool = cloud.computePools.get(table.computePoolId);
  if (pool === undefined) {
    throw new PlanFailure(`Compute pool ${table.computePoolId} does not exist.`);
  }
  return {
    pool,
    properties: { [CATALOG]: table.environmentId, [DATABASE]: table.clusterId },
  };
}

function clusterOf(cloud: ConfluentCloud, { clusterId }: MaterializedTable): KafkaCluster {
  const found = cloud.kafkaClusters.get(clusterId);
  if (found === undefined) {
    throw new Error(`materialized tables end with their cluster, and ${clusterId} is gone`);
  }
  return found;
}

function refuseLostColumns({ name, columns }: MaterializedTable, after: readonly string[]): void {
  const lost = columns.filter((column) => !after.includes(column));
  if (lost.length > 0) {
    throw new Refusal(
      400,
      `Dropping columns of materialized table ${name} is not supported: ${lost.join(", ")}`,
      "a column that is no longer needed can be filled with NULL",
    );
  }
}

function registerSchemas(
  cloud: ConfluentCloud,
  { name }: MaterializedTable,
  registry: SchemaRegistry,
  { key, value }: MaterializedColumns,
): void {
  const parts = { ...(key.length > 0 && { key }), value };
  for (const [part, columns] of Object.entries(parts)) {
    register(cloud, registry, {
      subject: `${name}-${part}`,
      format: "AVRO",
      schema: recordSchema(name, part, columns),
      references: [],
    });
  }
}

function ensureTopic(cloud: ConfluentCloud, table: MaterializedTable): void {
  const { clusterId, name, declared } = table;
  const id = `${clusterId}/${name}`;
  const [distribution = {}] = declared.distribution;
  if (!cloud.topics.has(id)) {
    const partitions = number(distribution, "bucket_count") ?? DEFAULT_BUCKETS;
    cloud.topics.put({ id, clusterId, name, partitions, config: {} });
  }
}
