import type { ProviderConfiguration } from "../configuration";
import { text } from "../planning/legacy-value";
import type { PlanRule, ResourceChange } from "../planning/rules";
import type { TypeCode } from "../resource-type";
import { hasWorld, isSet, NO_WORLD } from "./provider-block";
import { listed, quoted } from "./wording";

/**
 * The rules about a changed schema hold only where a plan can ask the Schema Registry, which takes
 * its address and a key that is known.
 */
const judgeSchemaChange: PlanRule = (change) => {
  if (!change.hasChange("schema") || !canAskRegistry(change)) return undefined;
  if (change.next("skip_validation_during_plan") !== true && !hasWorld(change.configuration)) {
    // The world itself validates a schema when it is registered; a plan only needs it to be there.
    return { refused: `error validating Schema: error sending validation request: ${NO_WORLD}` };
  }
  if (change.id === "") return undefined;
  if (sameSchema(text(change.old("schema")), text(change.next("schema")))) {
    return { keep: ["schema"] };
  }
  if (change.next("recreate_on_update") !== true) return undefined;
  return {
    refused:
      `error updating Schema ${quoted(change.id)}: reimport the current resource instance and set recreate_on_update = false to evolve a schema using the same resource instance.\n` +
      "In this case, on an update resource instance will reference the updated (latest) schema by overriding schema_identifier, schema and version attributes and the old schema will be orphaned.",
  };
};

function canAskRegistry(change: ResourceChange): boolean {
  const { configuration } = change;
  if (isSet(configuration, "schema_registry")) return true;
  const endpoint = change.next("rest_endpoint");
  const cluster = change.nextInBlock("schema_registry_cluster", "id");
  if (endpoint === "" || cluster === "") return false;
  const key = change.nextInBlock("credentials", "key");
  const secret = change.nextInBlock("credentials", "secret");
  return usesOAuth(configuration) || (key !== "" && secret !== "");
}

function usesOAuth(configuration: ProviderConfiguration): boolean {
  return configuration.has("oauth");
}

/** The registry does not tell schemas apart that differ only in how their JSON is written. */
function sameSchema(old: string, next: string): boolean {
  return canonical(old) === canonical(next);
}

/** A schema that is not JSON, such as one of protobuf, is compared without its line ends. */
function canonical(schema: string): string {
  try {
    return JSON.stringify(JSON.parse(schema));
  } catch {
    return schema.replaceAll(/\s+/g, " ").trim();
  }
}

/** `confluent_schema`. */
export const schema: TypeCode = {
  computedBlocks: ["metadata", "metadata.tags"],
  planRules: [judgeSchemaChange],
  updateRefusal: (id, allowed) =>
    `error updating Schema ${quoted(id)}: only ${listed(allowed)} blocks can be updated for Schema`,
};
