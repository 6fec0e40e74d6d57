import { Refusal } from "../../refusal";
import { block, isObject, text, textMap, type JsonObject } from "../../values";
import { launch } from "../flink/life-cycle";
import { newStatement, requireName } from "../flink/submission";
import type { FlinkComputePool, FlinkStatement } from "../objects";
import { serviceAccountOf } from "../service-account";
import type { GatewayCall } from "./call";
import { parseBody, type GatewayResponse } from "./message";
import { statementResource } from "./resource";

/** A statement as it is asked for. */
interface Asked {
  readonly name: string;
  readonly sql: string;
  readonly properties: FlinkStatement["properties"];
  readonly labels: FlinkStatement["labels"];
  readonly poolId: string;
  /** @default - the caller */
  readonly principalId?: string;
}

/** `POST …/statements`. The answer is `PENDING` always. */
export function createStatement(call: GatewayCall): GatewayResponse {
  const { cloud, caller, listing, settings, request } = call;
  const asked = parseStatementBody(parseBody(request.body));
  const { name, sql, properties, labels, principalId = caller.accountId } = asked;
  requireName(name);
  const pool = poolOf(call, asked.poolId);
  caller.require("Create", pool, name);
  caller.requireAssignable(principalId);
  serviceAccountOf(cloud, principalId);
  const { environmentId } = caller;
  const submission = { name, environmentId, computePoolId: pool.id, principalId };
  const created = newStatement(cloud, { ...submission, sql, properties, labels });
  const fate = call.takeFate(created);
  const unseen = call.takeLateTables(sql);
  const reads = fate?.kind === "exhausts" ? fate.reads : settings.pendingReads;
  const submitted = { ...created, fate, unseen };
  cloud.statements.put(
    reads > 0 ? { ...submitted, awaits: { reads, then: "launch" } } : launch(cloud, submitted),
  );
  listing.created(created, settings.staleLists);
  return { status: 201, body: statementResource(cloud, created, request.host) };
}

/** @param poolId empty means the default pool */
export function poolOf({ caller }: GatewayCall, poolId: string): FlinkComputePool {
  const found = caller.pools.find((pool) =>
    poolId === "" ? pool.defaultPool : pool.id === poolId,
  );
  if (found === undefined) {
    throw new Refusal(
      404,
      poolId === ""
        ? "No default compute pool was found."
        : `The compute pool ${poolId} was not found.`,
      `looked in environment ${caller.environmentId}, ${caller.region.cloud} ${caller.region.region}`,
    );
  }
  return found;
}

function parseStatementBody(body: JsonObject): Asked {
  const spec = block(body, "spec") ?? {};
  const labels = block(body, "metadata")?.["labels"] ?? {};
  const { properties = {}, principal } = spec;
  if (text(spec, "statement").trim() === "") {
    throw new Refusal(422, "spec.statement must be the text of a statement");
  }
  for (const [name, value] of Object.entries({
    "spec.properties": properties,
    "metadata.labels": labels,
  })) {
    if (!isTextMap(value)) {
      throw new Refusal(422, `${name} must be an object of texts`);
    }
  }
  for (const name of ["compute_pool_id", "principal"]) {
    if (typeof (spec[name] ?? "") !== "string") {
      throw new Refusal(422, `spec.${name} must be a text`);
    }
  }
  return {
    name: text(body, "name"),
    sql: text(spec, "statement"),
    properties: textMap(spec, "properties"),
    labels: textMap(block(body, "metadata") ?? {}, "labels"),
    poolId: text(spec, "compute_pool_id"),
    ...(typeof principal === "string" && principal !== "" && { principalId: principal }),
  };
}

function isTextMap(value: JsonObject[string]): boolean {
  return isObject(value) && Object.values(value).every((member) => typeof member === "string");
}
