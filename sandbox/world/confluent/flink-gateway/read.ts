import { timestamp } from "../../clock";
import type { JsonObject } from "../../values";
import { countRead } from "../flink/reads";
import type { FlinkStatement } from "../objects";
import { existing, type GatewayCall } from "./call";
import { labelSelector } from "./label-selector";
import type { GatewayResponse } from "./message";
import { page } from "./page";
import { collectionUrl, statementResource } from "./resource";

/** Rows of a page of results. */
const RESULT_ROWS = 1000;

/** Statements of a page, unless a size is asked for, and at most. */
const PAGE = { size: 10, limit: 100 };

/** `GET …/statements/{name}`: shows it as it is, and counts. */
export function getStatement(call: GatewayCall): GatewayResponse {
  const { cloud, request } = call;
  const found = existing(call, "Describe");
  const body = statementResource(cloud, found, request.host);
  countRead(cloud, found);
  return { status: 200, body };
}

/** `GET …/statements`: those that the caller may see. */
export function listStatements(call: GatewayCall): GatewayResponse {
  const { cloud, caller, listing, request, route } = call;
  const { query } = route;
  caller.requireAnywhere("Describe", "*");
  const poolId = query.get("spec.compute_pool_id");
  const isSelected = labelSelector(query.get("label_selector") ?? "");
  const isFirst = query.get("page_token") === null;
  const shown = listing
    .shown(
      cloud.statements.where(({ environmentId }) => environmentId === caller.environmentId),
      isFirst,
    )
    .filter((statement) => isVisible(call, statement))
    .filter(({ computePoolId }) => poolId === null || computePoolId === poolId)
    .filter(({ labels }) => isSelected(labels));
  const self = collectionUrl(request.host, cloud.organizationId, caller.environmentId);
  const { items, metadata } = page(shown, self, query, PAGE);
  return {
    status: 200,
    body: {
      api_version: "sql/v1",
      kind: "StatementList",
      metadata,
      data: items.map((statement) => statementResource(cloud, statement, request.host)),
    },
  };
}

/** `GET …/statements/{name}/results`. */
export function getResults(call: GatewayCall): GatewayResponse {
  const statement = existing(call, "Describe");
  const self = `${urlOf(call)}/results`;
  const rows = statement.result?.rows ?? [];
  const { items, metadata } = page(rows, self, call.route.query, {
    size: RESULT_ROWS,
    limit: RESULT_ROWS,
  });
  return {
    status: 200,
    body: {
      api_version: "sql/v1",
      kind: "StatementResult",
      metadata: { ...metadata, created_at: timestamp(call.cloud.clock.now) },
      results: { data: items.map((row) => ({ op: 0, row })) },
    },
  };
}

/** `GET …/statements/{name}/exceptions`. */
export function getExceptions(call: GatewayCall): GatewayResponse {
  const statement = existing(call, "Describe");
  return {
    status: 200,
    body: {
      api_version: "sql/v1",
      kind: "StatementExceptionList",
      metadata: { self: `${urlOf(call)}/exceptions`, next: "" },
      data: exceptions(statement),
    },
  };
}

function exceptions({ phase, detail, phaseSince }: FlinkStatement): readonly JsonObject[] {
  const name = "org.apache.flink.util.FlinkRuntimeException";
  return phase === "FAILED" || phase === "DEGRADED"
    ? [{ name, message: `${name}: ${detail}`, timestamp: timestamp(phaseSince) }]
    : [];
}

function isVisible({ caller }: GatewayCall, { computePoolId, name }: FlinkStatement): boolean {
  const pool = caller.pools.find(({ id }) => id === computePoolId);
  return pool !== undefined && caller.mayDescribe(pool, name);
}

function urlOf({ cloud, request, route }: GatewayCall): string {
  const { environmentId, name } = route;
  return `${collectionUrl(request.host, cloud.organizationId, environmentId)}/${name}`;
}
