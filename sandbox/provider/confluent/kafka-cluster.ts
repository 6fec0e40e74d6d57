import { attribute, isList } from "../cty/value";
import type { ApplyRule } from "../planning/apply-rules";
import type { PlanRule, ResourceChange } from "../planning/rules";
import type { TypeCode } from "../resource-type";
import { quoted } from "./wording";

/** The newer names of the same two availabilities. */
const RENAMED: Readonly<Record<string, string>> = { SINGLE_ZONE: "LOW", MULTI_ZONE: "HIGH" };

function sameAvailability(old: string, next: string): boolean {
  return RENAMED[old] === next || RENAMED[next] === old;
}

/**
 * A cluster becomes dedicated, or standard basic, only by being made anew. Swaps between the other
 * tiers pass here although the cloud does not do them either.
 */
const refuseTierSwap: PlanRule = (change) => {
  const basic = change.hasChange("basic");
  const standard = change.hasChange("standard");
  const dedicated = change.hasChange("dedicated");
  const downgrade = hasTier(change, "basic") && basic && standard && !dedicated;
  const throughDedicated = dedicated && (basic || standard);
  if (!downgrade && !throughDedicated) return undefined;
  return {
    refused: `error updating Kafka Cluster ${quoted(change.id)}: clusters can only be upgraded from 'Basic' to 'Standard'`,
  };
};

function hasTier(change: ResourceChange, tier: string): boolean {
  const blocks = change.next(tier);
  return isList(blocks) && blocks.length > 0;
}

/** A dedicated cluster in several zones needs two units; the real provider looks at apply only. */
const refuseTooFewUnits: ApplyRule = (change, operation) => {
  const resized =
    operation === "create" || (operation === "update" && change.hasChange("dedicated"));
  if (!resized || !hasTier(change, "dedicated")) return undefined;
  const dedicated = change.next("dedicated");
  const units = isList(dedicated) ? Number(attribute(dedicated[0] ?? null, "cku")) : 0;
  return change.next("availability") === "MULTI_ZONE" && units < 2
    ? "multi-zone dedicated clusters must have at least 2 CKUs"
    : undefined;
};

/** `confluent_kafka_cluster`. */
export const kafkaCluster: TypeCode = {
  computedBlocks: ["network", "byok_key"],
  sameAs: { availability: sameAvailability },
  planRules: [refuseTierSwap],
  applyRules: [refuseTooFewUnits],
};
