import type { ApplyRule } from "../planning/apply-rules";
import type { PlanRule, ResourceChange } from "../planning/rules";
import type { TypeCode } from "../resource-type";
import { refuseCredentialsWithOAuth } from "./oauth";
import { quoted } from "./wording";

/** Blocks that a statement may take on only while it is resumed. */
const FIXED_WHILE_RUNNING = ["principal", "compute_pool"];

/** A running statement keeps its principal and its pool; a stopped one gets new ones by resuming. */
const refuseMoveWithoutResume: PlanRule = (change) => {
  if (change.id === "" || resumes(change)) return undefined;
  const moved = FIXED_WHILE_RUNNING.find((block) => change.hasChange(block));
  if (moved === undefined) return undefined;
  const how = stops(change)
    ? "along with a `stopped` false -> true status change"
    : "without a `stopped` true -> false status change";
  return {
    refused: `error updating Flink Statement ${quoted(change.id)}: '${moved}' can't be updated in place ${how}`,
  };
};

/** What may change beside the status when a statement is stopped or resumed. */
const refuseMixedUpdate: ApplyRule = (change, operation) => {
  const touchesStatus = ["stopped", ...FIXED_WHILE_RUNNING].some((name) => change.hasChange(name));
  if (operation !== "update" || !touchesStatus) return undefined;
  const allowed = resumes(change)
    ? ["stopped", ...FIXED_WHILE_RUNNING]
    : ["stopped", "properties_sensitive"];
  if (change.changes().every((name) => allowed.includes(name))) return undefined;
  return resumes(change)
    ? `error resuming Flink Statement ${quoted(change.id)}: only "stopped", "principal", and "compute_pool" attributes can be updated for Flink Statement`
    : `error stopping Flink Statement ${quoted(change.id)}: only "stopped" or "properties_sensitive" attribute can be updated for Flink Statement`;
};

function resumes(change: ResourceChange): boolean {
  return change.old("stopped") === true && change.next("stopped") === false;
}

function stops(change: ResourceChange): boolean {
  return change.old("stopped") === false && change.next("stopped") === true;
}

/** `confluent_flink_statement`. */
export const flinkStatement: TypeCode = {
  computedBlocks: ["organization", "environment", "compute_pool", "principal"],
  planRules: [refuseMoveWithoutResume, refuseCredentialsWithOAuth],
  applyRules: [refuseMixedUpdate],
  updateRefusal: (id) =>
    `error updating Flink Statement ${quoted(id)}: "stopped" or "properties_sensitive" attribute must be updated for Flink Statement, "true" -> "false" to trigger resuming, "false" -> "true" to trigger stopping`,
};
