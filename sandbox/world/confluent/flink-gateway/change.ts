import { Refusal } from "../../refusal";
import { block, flag, text, textMap, type JsonObject } from "../../values";
import { launch, stop, withoutOffsets } from "../flink/life-cycle";
import { enter, isStopped, requireStoppable, revised } from "../flink/phase";
import { shownProperties } from "../flink/submission";
import type { FlinkStatement } from "../objects";
import { serviceAccountOf } from "../service-account";
import { existing, type GatewayCall } from "./call";
import { poolOf } from "./create";
import { parseBody, type GatewayResponse } from "./message";
import { statementResource } from "./resource";

/** `PUT …/statements/{name}` with the whole statement: stops it, or resumes it, if so in another pool or as another. */
export function updateStatement(call: GatewayCall): GatewayResponse {
  const { cloud, request } = call;
  const before = existing(call, "Alter");
  const body = parseBody(request.body);
  const spec = block(body, "spec");
  if (spec === undefined) {
    throw new Refusal(422, "the body must be the whole statement, spec included");
  }
  requireCurrent(before, body);
  refuseOtherChanges(before, spec);
  const after = flag(spec, "stopped") ? stopped(call, before) : resumed(call, before, spec);
  cloud.statements.put(after);
  return { status: 202, body: statementResource(cloud, after, request.host) };
}

/** `DELETE …/statements/{name}`. It is there for a while yet, and its name is taken. */
export function deleteStatement(call: GatewayCall): GatewayResponse {
  const { cloud, listing, settings } = call;
  const before = existing(call, "Delete");
  if (before.phase === "DELETING") {
    return { status: 202 };
  }
  listing.deleted(before, settings.staleLists);
  if (settings.deletingReads === 0) {
    cloud.statements.delete(before.id);
  } else {
    cloud.statements.put({
      ...enter(cloud, before, "DELETING", ""),
      fate: undefined,
      awaits: { reads: settings.deletingReads, then: "delete" },
    });
  }
  return { status: 202 };
}

function requireCurrent(before: FlinkStatement, body: JsonObject): void {
  const version = text(block(body, "metadata") ?? {}, "resource_version");
  if (version !== "" && version !== String(before.revision)) {
    throw new Refusal(
      409,
      `Statement ${before.name} was changed: resource_version is ${before.revision}, not ${version}`,
    );
  }
  if (before.phase === "DELETING") {
    throw new Refusal(409, `Statement ${before.name} is being deleted`);
  }
}

function refuseOtherChanges(before: FlinkStatement, spec: JsonObject): void {
  const properties = Object.entries(textMap(spec, "properties"));
  const shown = shownProperties(before);
  const changed =
    text(spec, "statement") !== before.sql
      ? "statement"
      : spec["properties"] !== undefined &&
          (properties.length !== Object.keys(shown).length ||
            properties.some(([name, value]) => shown[name] !== value))
        ? "properties"
        : undefined;
  if (changed !== undefined) {
    throw new Refusal(422, `spec.${changed} of a statement cannot be changed`);
  }
}

function stopped({ cloud, settings }: GatewayCall, before: FlinkStatement): FlinkStatement {
  if (isStopped(before)) {
    return before;
  }
  requireStoppable(before);
  return settings.stoppingReads === 0
    ? stop(cloud, before)
    : {
        ...enter(cloud, before, "STOPPING", ""),
        fate: undefined,
        awaits: { reads: settings.stoppingReads, then: "stop" },
      };
}

function resumed(call: GatewayCall, before: FlinkStatement, spec: JsonObject): FlinkStatement {
  const { cloud, caller, settings } = call;
  const pool = poolOf(call, text(spec, "compute_pool_id") || before.computePoolId);
  const principalId = text(spec, "principal") || before.principalId;
  const moves = pool.id !== before.computePoolId || principalId !== before.principalId;
  if (!isStopped(before)) {
    if (moves) {
      throw new Refusal(422, "pool and principal of a statement change only when it is resumed");
    }
    return before;
  }
  caller.require("Alter", pool, before.name);
  caller.requireAssignable(principalId);
  serviceAccountOf(cloud, principalId);
  const moved = { ...withoutOffsets(before), computePoolId: pool.id, principalId };
  const pending = enter(cloud, revised(cloud, moved), "PENDING", "");
  return settings.pendingReads === 0
    ? launch(cloud, pending)
    : { ...pending, awaits: { reads: settings.pendingReads, then: "launch" } };
}
