import { timestamp } from "../../clock";
import type { JsonObject } from "../../values";
import type { ConfluentCloud } from "../cloud";
import { isStopped } from "../flink/phase";
import { shownProperties, timeOrNever } from "../flink/submission";
import type { FlinkStatement } from "../objects";
import { traits } from "./traits";

/** Address of the statements of an environment. */
export function collectionUrl(host: string, organizationId: string, environmentId: string): string {
  return `https://${host}/sql/v1/organizations/${organizationId}/environments/${environmentId}/statements`;
}

/** A statement as the API shows it. */
export function statementResource(
  cloud: ConfluentCloud,
  statement: FlinkStatement,
  host: string,
): JsonObject {
  const { name, environmentId, labels, uid, revision, createdAt, updatedAt } = statement;
  return {
    api_version: "sql/v1",
    kind: "Statement",
    metadata: {
      self: `${collectionUrl(host, cloud.organizationId, environmentId)}/${name}`,
      created_at: timestamp(createdAt),
      updated_at: timestamp(updatedAt),
      labels,
      resource_version: String(revision),
      uid,
    },
    name,
    organization_id: cloud.organizationId,
    environment_id: environmentId,
    spec: {
      statement: statement.sql,
      properties: shownProperties(statement),
      compute_pool_id: statement.computePoolId,
      principal: statement.principalId,
      stopped: isStopped(statement),
    },
    status: status(statement),
  };
}

function status(statement: FlinkStatement): JsonObject {
  const { phase, detail, fate, awaits } = statement;
  const waitsForPool =
    phase === "PENDING" && awaits?.then === "launch" && fate?.kind === "exhausts";
  return {
    phase,
    detail: waitsForPool ? fate.detail : detail,
    traits: traits(statement),
    network_kind: "PUBLIC",
    latest_offsets: statement.latestOffsets,
    latest_offsets_timestamp: timeOrNever(statement.latestOffsetsAt),
    scaling_status: {
      scaling_state: waitsForPool ? "POOL_EXHAUSTED" : "OK",
      last_updated: timestamp(statement.phaseSince),
    },
    warnings: [],
  };
}
