import { ProviderConfiguration } from "../../../../sandbox/provider/configuration";
import { checkProviderBlock } from "../../../../sandbox/provider/confluent/provider-block";
import { confluent } from "../../../../sandbox/provider/confluent/vendor";
import { UNKNOWN } from "../../../../sandbox/provider/cty/value";
import { Provider } from "../../../../sandbox/provider/rpc/provider";
import { resolveProviderBlock } from "../../../../sandbox/provider/rpc/provider-block";
import { objectOf } from "../support/planning";

const kafka = { kafka_api_key: "k", kafka_api_secret: "s", kafka_rest_endpoint: "https://pkc" };
const registry = {
  schema_registry_api_key: "k",
  schema_registry_api_secret: "s",
  schema_registry_id: "lsrc-1",
  schema_registry_rest_endpoint: "https://psrc",
};
const flinkScope = {
  flink_rest_endpoint: "https://flink",
  organization_id: "org",
  environment_id: "env-1",
  flink_compute_pool_id: "lfcp-1",
  flink_principal_id: "sa-1",
};
const flink = { flink_api_key: "k", flink_api_secret: "s", ...flinkScope };
const oauth = { oauth: [{ oauth_external_access_token: "t", oauth_identity_pool_id: "pool-1" }] };

function refusals(values: Readonly<Record<string, unknown>>): string[] {
  return checkProviderBlock(new ProviderConfiguration(values)).map(({ summary }) => summary);
}

/** The block without one of its arguments. */
function without(values: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
}

describe("groups of arguments", () => {
  it("passes nothing, and each group as a whole", () => {
    for (const block of [
      {},
      kafka,
      { ...kafka, kafka_id: "lkc-1" },
      registry,
      flink,
      { tableflow_api_key: "k", tableflow_api_secret: "s" },
      { cloud_api_key: "k" },
      { kafka_id: "lkc-1" },
    ]) {
      expect(refusals(block)).toStrictEqual([]);
    }
  });

  it.each(Object.keys(kafka))("fails for Kafka without %s", (name) => {
    expect(refusals(without(kafka, name))).toStrictEqual([
      "(kafka_api_key, kafka_api_secret, kafka_rest_endpoint) or (kafka_api_key, kafka_api_secret, kafka_rest_endpoint, kafka_id) attributes should be set or not set in the provider block at the same time",
    ]);
  });

  it.each(Object.keys(registry))("fails for the Schema Registry without %s", (name) => {
    expect(refusals(without(registry, name))).toStrictEqual([
      "All 4 schema_registry_api_key, schema_registry_api_secret, schema_registry_rest_endpoint, schema_registry_id attributes should be set or not set in the provider block at the same time",
    ]);
  });

  it("takes the catalog's endpoint for the registry's", () => {
    const block = {
      ...without(registry, "schema_registry_rest_endpoint"),
      catalog_rest_endpoint: "u",
    };
    expect(refusals(block)).toStrictEqual([]);
  });

  it.each(Object.keys(flink))("fails for Flink without %s", (name) => {
    expect(refusals(without(flink, name))).toStrictEqual([
      "All 7 flink_api_key, flink_api_secret, flink_rest_endpoint, organization_id, environment_id, flink_compute_pool_id, flink_principal_id attributes should be set or not set in the provider block at the same time",
    ]);
  });

  it("fails for half of a Tableflow key", () => {
    expect(refusals({ tableflow_api_key: "k" })).toStrictEqual([
      "Both tableflow_api_key and tableflow_api_secret should be set or not set in the provider block at the same time",
    ]);
  });
});

describe("OAuth", () => {
  it("takes the keys' place in each group", () => {
    expect(refusals({ ...oauth, ...flinkScope })).toStrictEqual([]);
    expect(refusals({ ...oauth, kafka_id: "lkc-1", kafka_rest_endpoint: "u" })).toStrictEqual([]);
    expect(refusals({ ...oauth, kafka_id: "lkc-1" })).toStrictEqual([
      "(kafka_rest_endpoint, kafka_id) attributes should both be set or not set in the provider block at the same time with OAuth enabled.",
    ]);
    expect(refusals({ ...oauth, schema_registry_id: "lsrc-1" })).toHaveLength(1);
    expect(refusals({ ...oauth, ...without(flinkScope, "organization_id") })).toHaveLength(1);
  });

  it.each(["cloud", "kafka", "schema_registry", "flink", "tableflow"])(
    "fails beside a %s key",
    (plane) => {
      expect(refusals({ ...oauth, [`${plane}_api_key`]: "k" })).toStrictEqual([
        `(${plane}_api_key, ${plane}_api_secret) attributes should not be set in the provider block when oauth block is present`,
      ]);
    },
  );
});

describe("resolution", () => {
  const { block } = new Provider(confluent, {});
  const resolve = (
    config: Readonly<Record<string, unknown>>,
    environment: NodeJS.ProcessEnv,
  ): unknown => resolveProviderBlock(confluent, block, objectOf(block, config), environment).values;

  const defaults = { endpoint: "https://api.confluent.cloud", max_retries: 4, oauth: [] };

  it.each([
    ["cloud_api_key", "CONFLUENT_CLOUD_API_KEY"],
    ["cloud_api_secret", "CONFLUENT_CLOUD_API_SECRET"],
    ["organization_id", "CONFLUENT_ORGANIZATION_ID"],
    ["environment_id", "CONFLUENT_ENVIRONMENT_ID"],
    ["kafka_api_key", "KAFKA_API_KEY"],
    ["kafka_rest_endpoint", "KAFKA_REST_ENDPOINT"],
    ["schema_registry_id", "SCHEMA_REGISTRY_ID"],
    ["flink_compute_pool_id", "FLINK_COMPUTE_POOL_ID"],
    ["tableflow_api_secret", "TABLEFLOW_API_SECRET"],
    ["catalog_rest_endpoint", "CATALOG_REST_ENDPOINT"],
  ])("takes %s from %s unless it is configured", (argument, variable) => {
    const environment = { [variable]: "from-environment" };
    expect(resolve({}, environment)).toStrictEqual({ ...defaults, [argument]: "from-environment" });
    expect(resolve({ [argument]: "own" }, environment)).toStrictEqual({
      ...defaults,
      [argument]: "own",
    });
  });

  it("reads numbers from the environment", () => {
    expect(resolve({}, { TF_PROVIDER_CONFLUENT_MAX_RETRIES: "7" })).toStrictEqual({
      ...defaults,
      max_retries: 7,
    });
  });

  it("takes empty text in the environment, and what is unknown, for absent", () => {
    expect(resolve({}, { KAFKA_API_KEY: "" })).toStrictEqual(defaults);
    expect(resolve({ kafka_api_key: UNKNOWN }, { KAFKA_API_KEY: "x" })).toStrictEqual(defaults);
  });

  it("takes the endpoint from the sandbox's own variable only", () => {
    expect(resolve({}, { ENDPOINT: "http://elsewhere" })).toStrictEqual(defaults);
    expect(resolve({}, { LAKEHOUSE_SANDBOX_WORLD: "http://127.0.0.1:1" })).toStrictEqual({
      ...defaults,
      endpoint: "http://127.0.0.1:1",
    });
  });
});
