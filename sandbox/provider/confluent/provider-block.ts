import type { ProviderConfiguration } from "../configuration";
import { failure, type Diagnostic } from "../diagnostic";

/** The public API: an `endpoint` that names no sandbox. */
const PUBLIC_ENDPOINT = "https://api.confluent.cloud";

/**
 * Holds the world's URL. The port is another one in each run, and what a configuration says is part of every plan: so
 * the sandbox tells it here, and two runs have the same plans.
 */
export const WORLD_VARIABLE = "LAKEHOUSE_SANDBOX_WORLD";

/** Why nothing can be asked of the cloud. */
export const NO_WORLD = `${PUBLIC_ENDPOINT} is not a sandbox world: set ${WORLD_VARIABLE} or the provider's "endpoint" to the world's URL`;

/** Whether the provider block points to a sandbox world. */
export function hasWorld(configuration: ProviderConfiguration): boolean {
  return ![PUBLIC_ENDPOINT, ""].includes(configuration.text("endpoint"));
}

/** Arguments that must be set together or not at all. */
interface ArgumentGroup {
  readonly arguments: readonly string[];
  /** Arguments of which one is enough, and together with the others. */
  readonly anyOf?: readonly string[];
  readonly refusal: string;
}

export type DataPlane = "kafka" | "schema_registry" | "flink" | "tableflow";

/** With API keys. */
const GROUPS: Readonly<Record<DataPlane, ArgumentGroup>> = {
  kafka: {
    arguments: ["kafka_api_key", "kafka_api_secret", "kafka_rest_endpoint"],
    refusal:
      "(kafka_api_key, kafka_api_secret, kafka_rest_endpoint) or (kafka_api_key, kafka_api_secret, kafka_rest_endpoint, kafka_id) attributes should be set or not set in the provider block at the same time",
  },
  schema_registry: {
    arguments: ["schema_registry_api_key", "schema_registry_api_secret", "schema_registry_id"],
    anyOf: ["schema_registry_rest_endpoint", "catalog_rest_endpoint"],
    refusal:
      "All 4 schema_registry_api_key, schema_registry_api_secret, schema_registry_rest_endpoint, schema_registry_id attributes should be set or not set in the provider block at the same time",
  },
  flink: {
    arguments: [
      "flink_api_key",
      "flink_api_secret",
      "flink_rest_endpoint",
      "organization_id",
      "environment_id",
      "flink_compute_pool_id",
      "flink_principal_id",
    ],
    refusal:
      "All 7 flink_api_key, flink_api_secret, flink_rest_endpoint, organization_id, environment_id, flink_compute_pool_id, flink_principal_id attributes should be set or not set in the provider block at the same time",
  },
  tableflow: {
    arguments: ["tableflow_api_key", "tableflow_api_secret"],
    refusal:
      "Both tableflow_api_key and tableflow_api_secret should be set or not set in the provider block at the same time",
  },
};

/** With OAuth, which takes the keys' place. Tableflow does not know it. */
const OAUTH_GROUPS: Readonly<Record<Exclude<DataPlane, "tableflow">, ArgumentGroup>> = {
  kafka: {
    arguments: ["kafka_rest_endpoint", "kafka_id"],
    refusal:
      "(kafka_rest_endpoint, kafka_id) attributes should both be set or not set in the provider block at the same time with OAuth enabled.",
  },
  schema_registry: {
    arguments: ["schema_registry_id"],
    anyOf: ["schema_registry_rest_endpoint", "catalog_rest_endpoint"],
    refusal:
      "(either schema_registry_rest_endpoint or catalog_rest_endpoint) and schema_registry_id attributes should both be set or not set in the provider block at the same time with OAuth enabled",
  },
  flink: {
    arguments: GROUPS.flink.arguments.filter((name) => !name.startsWith("flink_api_")),
    refusal:
      "All 5 (flink_rest_endpoint, organization_id, environment_id, flink_compute_pool_id, flink_principal_id) attributes should be set or not set in the provider block at the same time with OAuth enabled",
  },
};

/** Pairs of keys that OAuth excludes. */
const KEYS = ["cloud", "kafka", "schema_registry", "flink", "tableflow"];

/** Whether the provider block speaks for the data plane, so that resources need not. */
export function isSet(configuration: ProviderConfiguration, plane: DataPlane): boolean {
  const groups: Partial<typeof GROUPS> = configuration.has("oauth") ? OAUTH_GROUPS : GROUPS;
  const group = groups[plane];
  return group !== undefined && presence(configuration, group).every(Boolean);
}

/** What is wrong with the combination of a provider block's arguments: the first mistake. */
export function checkProviderBlock(configuration: ProviderConfiguration): readonly Diagnostic[] {
  const oauth = configuration.has("oauth");
  const rival = KEYS.find((plane) =>
    [`${plane}_api_key`, `${plane}_api_secret`].some((name) => configuration.has(name)),
  );
  if (oauth && rival !== undefined) {
    return [
      failure(
        `(${rival}_api_key, ${rival}_api_secret) attributes should not be set in the provider block when oauth block is present`,
      ),
    ];
  }
  const partial = Object.values(oauth ? OAUTH_GROUPS : GROUPS).find((group) => {
    const present = presence(configuration, group);
    return present.some(Boolean) && !present.every(Boolean);
  });
  return partial === undefined ? [] : [failure(partial.refusal)];
}

function presence(configuration: ProviderConfiguration, group: ArgumentGroup): boolean[] {
  const present = group.arguments.map((name) => configuration.has(name));
  if (group.anyOf !== undefined) {
    present.push(group.anyOf.some((name) => configuration.has(name)));
  }
  return present;
}
