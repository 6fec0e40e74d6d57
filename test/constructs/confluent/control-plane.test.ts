import { FlinkComputePool } from "../../../constructs/confluent/flink-compute-pool";
import { FlinkRegion } from "../../../constructs/confluent/flink-region";
import { KafkaCluster } from "../../../constructs/confluent/kafka-cluster";
import { KafkaClusterTier } from "../../../constructs/confluent/kafka-cluster-tier";
import { ApiKey } from "../../../constructs/confluent/api-key";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { streaming } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

const ENVIRONMENT = "confluent_environment.Environment_78414C64";
const CLUSTER = "confluent_kafka_cluster.Cluster_EB0386A7";

test("an environment has a governance package and is protected", () => {
  const stack = testStack();
  streaming(stack);
  expect(resourcesOf(synth(stack), "confluent_environment")).toEqual([
    {
      display_name: "lab",
      stream_governance: { package: "ESSENTIALS" },
      lifecycle: { prevent_destroy: true },
    },
  ]);
});

test.each([
  [KafkaClusterTier.basic(), { basic: [{}], availability: "LOW" }],
  [KafkaClusterTier.standard(), { standard: [{}], availability: "LOW" }],
  [KafkaClusterTier.enterprise(), { enterprise: [{}], availability: "HIGH" }],
])("a cluster has exactly one tier: %#", (tier, expected) => {
  const stack = testStack();
  streaming(stack, tier);
  expect(resourcesOf(synth(stack), "confluent_kafka_cluster")).toEqual([
    {
      display_name: "lab",
      cloud: "AWS",
      region: "us-east-1",
      environment: { id: `\${${ENVIRONMENT}.id}` },
      lifecycle: { prevent_destroy: true },
      ...expected,
    },
  ]);
});

test.each(["basic", "standard", "enterprise"] as const)("the tier %s has its own name", (name) => {
  expect(KafkaClusterTier.of(name).name).toBe(name);
});

test("fails when an enterprise cluster shall live in one zone", () => {
  const stack = testStack();
  const { environment } = streaming(stack);
  expect(
    () =>
      new KafkaCluster(stack, "Other", {
        environment,
        displayName: "other",
        tier: KafkaClusterTier.enterprise(),
        availability: "LOW",
        region: "us-east-1",
      }),
  ).toThrow("test/Other: availability of an enterprise cluster must be HIGH, got LOW");
});

test("the registry is looked up after the cluster that brings it", () => {
  const stack = testStack();
  streaming(stack);
  expect(synth(stack).data?.["confluent_schema_registry_cluster"]).toEqual({
    Registry_4DB9CCA5: {
      environment: { id: `\${${ENVIRONMENT}.id}` },
      depends_on: [CLUSTER],
    },
  });
});

test("the organization is looked up after an environment through which it is found", () => {
  const stack = testStack();
  streaming(stack);
  expect(synth(stack).data?.["confluent_organization"]).toEqual({
    Organization_29A5FC3F: { depends_on: [ENVIRONMENT] },
  });
});

test("K-04: a compute pool depends on nothing but its environment", () => {
  const stack = testStack();
  const { environment } = streaming(stack);
  new FlinkComputePool(stack, "Pool", {
    environment,
    displayName: "pool",
    region: "us-east-1",
    maxCfu: 10,
  });
  expect(resourcesOf(synth(stack), "confluent_flink_compute_pool")).toEqual([
    {
      display_name: "pool",
      cloud: "AWS",
      region: "us-east-1",
      max_cfu: 10,
      environment: { id: `\${${ENVIRONMENT}.id}` },
    },
  ]);
});

test("T-25: a key is named after its owner's purpose and opens one thing", () => {
  const stack = testStack();
  const { cluster, registry, environment } = streaming(stack);
  const region = new FlinkRegion(stack, "Region", { region: "us-east-1" });
  const owner = new ServiceAccount(stack, "Owner", { displayName: "owner", description: "Owns" });
  const opens = {
    Kafka: cluster.toManagedResource(),
    Subjects: registry.toManagedResource(),
    Flink: region.toManagedResource(environment),
  };
  for (const [id, managed] of Object.entries(opens)) {
    new ApiKey(stack, id, { displayName: `owner-${id}`, owner, opens: managed });
  }
  const account = "confluent_service_account.Owner_3BA7C727";
  const key = (id: string, source: string) => ({
    display_name: `owner-${id}`,
    description: `owner-${id}, managed by Terraform`,
    owner: {
      id: `\${${account}.id}`,
      api_version: `\${${account}.api_version}`,
      kind: `\${${account}.kind}`,
    },
    managed_resource: {
      id: `\${${source}.id}`,
      api_version: `\${${source}.api_version}`,
      kind: `\${${source}.kind}`,
      environment: [{ id: `\${${ENVIRONMENT}.id}` }],
    },
  });
  expect(resourcesOf(synth(stack), "confluent_api_key")).toEqual([
    key("Flink", "data.confluent_flink_region.Region_52FA407B"),
    key("Kafka", CLUSTER),
    key("Subjects", "data.confluent_schema_registry_cluster.Registry_4DB9CCA5"),
  ]);
});
