import { isMap, type Value } from "../cty/value";
import { text } from "../planning/legacy-value";
import type { ApplyRule } from "../planning/apply-rules";
import type { PlanRule } from "../planning/rules";
import type { TypeCode } from "../resource-type";
import { refuseCredentialsWithOAuth } from "./oauth";
import { listed, quoted } from "./wording";

const DOCUMENTATION =
  "https://registry.terraform.io/providers/confluentinc/confluent/latest/docs/resources/confluent_kafka_topic";

/** Partitions can be added to a topic, not taken away. */
const replaceWhenShrunk: PlanRule = (change) =>
  Number(change.next("partitions_count")) < Number(change.old("partitions_count"))
    ? { forceNew: ["partitions_count"] }
    : undefined;

const refuseReadOnlySettings: ApplyRule = (change, operation, { editableSettings }) => {
  if (operation !== "update") return undefined;
  const [old, next] = [settings(change.old("config")), settings(change.next("config"))];
  const readOnly = (name: string): boolean => !editableSettings.includes(name);
  const refused = (name: string, what: string): string =>
    `error updating Kafka Topic ${quoted(change.id)}: ${quoted(name)} topic setting is read-only and cannot be ${what}. Read ${DOCUMENTATION} for more details.`;
  const removed = [...old.keys()].find((name) => !next.has(name) && readOnly(name));
  if (removed !== undefined) return refused(removed, "reset or removed");
  const updated = [...next.keys()].find(
    (name) => readOnly(name) && text(old.get(name)) !== text(next.get(name)),
  );
  return updated === undefined ? undefined : refused(updated, "updated");
};

/** `confluent_kafka_topic`. */
export const kafkaTopic: TypeCode = {
  planRules: [replaceWhenShrunk, refuseCredentialsWithOAuth],
  applyRules: [refuseReadOnlySettings],
  updateRefusal: (id, allowed) =>
    `error updating Kafka Topic ${quoted(id)}: only ${listed(allowed)} blocks can be updated for Kafka Topic`,
};

function settings(config: Value): ReadonlyMap<string, Value> {
  return isMap(config) ? config : new Map();
}
