import { Refusal } from "../refusal";
import { blocks, flag, idIn, known, number, text, textMap, type TerraformObject } from "../values";
import { flinkCaller, type FlinkCaller } from "./flink-access";
import { DEFAULT_BUCKETS, materialize } from "./flink/materialized-table";
import { kafkaClusterOf } from "./kafka-cluster";
import { clusterResourceId } from "./import-id";
import { reference, type Call, type ManagedResource, type Outcome } from "./managed-resource";
import type { MaterializedTable } from "./objects";
import { serviceAccountOf } from "./service-account";
import { quote, wording } from "./wording";

/**
 * `confluent_flink_materialized_table`: a table with the query that fills it. Unlike a statement it can be changed
 * while it runs; and its topic is its own, which comes and goes with it. Its subjects stay.
 */
export const flinkMaterializedTable: ManagedResource = {
  wording: wording("Flink Materialized Table", {
    reading: (prior) => `error reading Flink Materialized Table ${quote(text(prior, "id"))}`,
  }),

  create(call) {
    const { cloud, provider, planned } = call;
    const caller = flinkCaller(cloud, provider, planned);
    const name = text(planned, "display_name");
    const clusterId = databaseOf(call, caller);
    const id = `${caller.environmentId}/${clusterId}/${name}`;
    // A table's job is a statement of its name, and so are the permissions on it.
    caller.requireStatement(name, "Create");
    caller.requireAssignable();
    serviceAccountOf(cloud, caller.principalId);
    refuseTakenName(call, id, `${clusterId}/${name}`);
    const asked: MaterializedTable = {
      id,
      environmentId: caller.environmentId,
      clusterId,
      name,
      ...definition(planned),
      ...whoAndWhere(caller),
      columns: [],
      ownsTopic: false,
      phase: "RUNNING",
      detail: "",
    };
    const created = materialize(cloud, asked, flag(planned, "stopped") ? "STOPPED" : "RUNNING");
    cloud.materializedTables.put(created);
    return outcome(created, planned, caller, "provision");
  },

  /** Whoever may not see a table is told nothing: the provider takes a 403 for a table that is gone. */
  read({ cloud, provider, prior }) {
    try {
      const caller = flinkCaller(cloud, provider, prior);
      const [, , name = ""] = text(prior, "id").split("/");
      caller.requireStatement(name, "Describe");
      const found = cloud.materializedTables.get(text(prior, "id"));
      return found === undefined ? null : { ...prior, ...attributes(found, prior, caller) };
    } catch (error) {
      if (error instanceof Refusal && (error.status === 403 || error.status === 404)) {
        return null;
      }
      throw error;
    }
  },

  update(call) {
    const { cloud, provider, planned } = call;
    const caller = flinkCaller(cloud, provider, planned);
    const before = existing(call);
    caller.requireStatement(before.name, "Alter");
    caller.requireAssignable();
    serviceAccountOf(cloud, caller.principalId);
    if (!before.ownsTopic) {
      refuseTakenTopic(call, `${before.clusterId}/${before.name}`);
    }
    const asked = { ...before, ...definition(planned), ...whoAndWhere(caller) };
    const after = materialize(cloud, asked, flag(planned, "stopped") ? "STOPPED" : "RUNNING");
    cloud.materializedTables.put(after);
    return outcome(after, planned, caller, "update");
  },

  delete(call) {
    const { cloud, provider, prior } = call;
    const caller = flinkCaller(cloud, provider, prior);
    const table = existing(call);
    caller.requireStatement(table.name, "Delete");
    cloud.materializedTables.delete(table.id);
    if (table.ownsTopic) {
      cloud.topics.delete(`${table.clusterId}/${table.name}`);
    }
  },

  importedState(id) {
    const { clusterId, name } = clusterResourceId(id, "Flink Materialized Table name");
    return { id, display_name: name, kafka_cluster: reference(clusterId) };
  },
};

/** Pool and principal are the provider block's, even where the resource names others, which its state then shows. */
function whoAndWhere({
  pool,
  principalId,
}: FlinkCaller): Pick<MaterializedTable, "computePoolId" | "principalId"> {
  return { computePoolId: pool.id, principalId };
}

function definition(
  planned: TerraformObject,
): Pick<MaterializedTable, "query" | "tableOptions" | "sessionOptions" | "declared"> {
  const resource = known(planned);
  return {
    query: text(resource, "query"),
    tableOptions: textMap(resource, "table_options"),
    sessionOptions: textMap(resource, "session_options"),
    declared: {
      columns: blocks(resource, "columns"),
      watermark: blocks(resource, "watermark"),
      constraints: blocks(resource, "constraints"),
      distribution: blocks(resource, "distribution").map((distribution) => ({
        ...distribution,
        keys: distribution["keys"] ?? [],
        bucket_count: number(distribution, "bucket_count") ?? DEFAULT_BUCKETS,
      })),
    },
  };
}

/** The cluster that the table is in, which the pool must see. */
function databaseOf({ cloud, planned }: Call, { environmentId, pool }: FlinkCaller): string {
  const cluster = kafkaClusterOf(cloud, idIn(planned, "kafka_cluster"));
  if (
    cluster.environmentId !== environmentId ||
    cluster.cloud !== pool.cloud ||
    cluster.region !== pool.region
  ) {
    throw new Refusal(
      404,
      `Database ${cluster.id} was not found.`,
      `${cluster.id} is in ${cluster.environmentId}, ${cluster.cloud} ${cluster.region}; ${pool.id} in ${environmentId}, ${pool.cloud} ${pool.region}`,
    );
  }
  return cluster.id;
}

function refuseTakenName(call: Call, id: string, topicId: string): void {
  const name = text(call.planned, "display_name");
  if (!/^[\w.-]{1,249}$/.test(name)) {
    throw new Refusal(400, `Invalid table name ${quote(name)}`, "it is the name of a topic");
  }
  if (call.cloud.materializedTables.has(id)) {
    throw new Refusal(409, `Materialized table ${name} already exists`);
  }
  refuseTakenTopic(call, topicId);
}

function refuseTakenTopic({ cloud, planned }: Call, topicId: string): void {
  if (cloud.topics.has(topicId)) {
    throw new Refusal(
      409,
      `Table ${text(planned, "display_name")} already exists`,
      `there is a topic ${topicId}, and a materialized table makes a topic of its own`,
    );
  }
}

function existing({ cloud, prior }: Call): MaterializedTable {
  const found = cloud.materializedTables.get(text(prior, "id"));
  if (found === undefined) {
    throw new Refusal(404, `Materialized table ${text(prior, "display_name")} does not exist`);
  }
  return found;
}

function outcome(
  table: MaterializedTable,
  planned: TerraformObject,
  caller: FlinkCaller,
  action: string,
): Outcome {
  const name = quote(table.name);
  return {
    state: {
      ...known(planned),
      ...attributes(table, planned, caller),
      stopped: flag(planned, "stopped"),
    },
    failure:
      table.phase === "FAILED"
        ? `error waiting for Flink Materialized Table ${name} to ${action}: Flink Materialized Table ${name} provisioning status is "FAILED": ${table.detail}`
        : undefined,
  };
}

function attributes(
  table: MaterializedTable,
  resource: TerraformObject,
  caller: FlinkCaller,
): TerraformObject {
  return {
    id: table.id,
    display_name: table.name,
    kafka_cluster: reference(table.clusterId),
    query: table.query,
    stopped: table.phase === "STOPPED",
    // Only what was set: of the options that the cloud adds, the provider shows none.
    table_options: table.tableOptions,
    session_options: table.sessionOptions,
    ...table.declared,
    ...caller.blocks(resource, {
      compute_pool: reference(table.computePoolId),
      principal: reference(table.principalId),
    }),
  };
}
