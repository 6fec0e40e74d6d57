import { FlinkComputePool } from "../../../constructs/confluent/flink-compute-pool";
import { KafkaCluster } from "../../../constructs/confluent/kafka-cluster";
import { KafkaClusterTier } from "../../../constructs/confluent/kafka-cluster-tier";
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
  [KafkaClusterTier.freight(), { freight: [{}], availability: "HIGH" }],
  [KafkaClusterTier.dedicated(1), { dedicated: { cku: 1 }, availability: "LOW" }],
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

test.each(["basic", "standard", "enterprise", "freight"] as const)(
  "the tier %s has its own name, and no size",
  (name) => {
    expect(KafkaClusterTier.of(name).name).toBe(name);
    expect(KafkaClusterTier.of(name).toClusterConfig()).toEqual({ [name]: [{}] });
    expect(() => KafkaClusterTier.of(name, { cku: 2 })).toThrow(
      `cku must be left out of a ${name} cluster, which has no size, got 2`,
    );
  },
);

test("a dedicated cluster has a size", () => {
  expect(KafkaClusterTier.of("dedicated", { cku: 2 }).toClusterConfig()).toEqual({
    dedicated: { cku: 2 },
  });
});

test.each([undefined, 0, -1, 1.5, Infinity, Number.NaN])(
  "fails when a dedicated cluster shall have %p CKUs",
  (cku) => {
    expect(() => KafkaClusterTier.of("dedicated", { cku })).toThrow(
      `cku of a dedicated cluster must be a whole number of at least 1, got ${cku ?? Number.NaN}`,
    );
  },
);

test.each([
  [
    KafkaClusterTier.enterprise(),
    "LOW",
    "availability of a cluster of the tier enterprise must be HIGH, got LOW",
  ],
  [
    KafkaClusterTier.freight(),
    "LOW",
    "availability of a cluster of the tier freight must be HIGH, got LOW",
  ],
  [
    KafkaClusterTier.dedicated(1),
    "HIGH",
    "cku of a dedicated cluster with availability HIGH must be at least 2, got 1",
  ],
] as const)(
  "fails when tier and availability do not go together: %#",
  (tier, availability, problem) => {
    const stack = testStack();
    const { environment } = streaming(stack);
    const props = { environment, displayName: "other", tier, availability, region: "us-east-1" };
    expect(() => new KafkaCluster(stack, "Other", props)).toThrow(`test/Other: ${problem}`);
  },
);

test.each([
  [KafkaClusterTier.dedicated(1), "LOW"],
  [KafkaClusterTier.dedicated(2), "HIGH"],
  [KafkaClusterTier.standard(), "HIGH"],
] as const)("tier and availability go together: %#", (tier, availability) => {
  expect(tier.availabilityRules(availability).some(([broken]) => broken)).toBe(false);
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
