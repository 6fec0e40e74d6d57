import { text } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";
import { Terraform } from "../support/terraform";

test("the state holds everything that the schema declares", async () => {
  const { terraform, cluster, environment, ids } = await Platform.create();
  const host = /^https:\/\/(pkc-[a-z0-9]{5}\.us-east-1\.aws\.confluent\.cloud):443$/.exec(
    text(cluster, "rest_endpoint"),
  )?.[1];

  expect(cluster).toEqual({
    id: ids.cluster,
    api_version: "cmk/v2",
    kind: "Cluster",
    display_name: "main",
    availability: "LOW",
    cloud: "AWS",
    region: "us-east-1",
    deletion_protection: false,
    bootstrap_endpoint: `SASL_SSL://${host ?? ""}:9092`,
    rest_endpoint: `https://${host ?? ""}:443`,
    rbac_crn: `${text(environment, "resource_name")}/cloud-cluster=${ids.cluster}`,
    endpoints: [],
    basic: [],
    standard: [{ max_ecku: 10 }],
    dedicated: [],
    enterprise: [],
    freight: [],
    environment: [{ id: ids.environment }],
    network: [{ id: "" }],
    byok_key: [{ id: "" }],
    timeouts: null,
  });
  expect(await terraform.read("kafka_cluster", cluster)).toEqual(cluster);
});

test("a dedicated cluster has units and zones", async () => {
  const { terraform, ids } = await Platform.create();
  const dedicated = await terraform.create("kafka_cluster", {
    ...planned.kafkaCluster(ids.environment, "big"),
    availability: "MULTI_ZONE",
    standard: [],
    dedicated: [{ cku: 2, encryption_key: { $unknown: true }, zones: { $unknown: true } }],
  });

  expect(dedicated["dedicated"]).toEqual([
    { cku: 2, encryption_key: "", zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
  ]);
});

test.each([
  ["dedicated", "HIGH", { cku: 2 }],
  ["dedicated", "MULTI_ZONE", { cku: 3 }],
  ["dedicated", "LOW", { cku: 1 }],
  ["freight", "HIGH", {}],
  ["enterprise", "HIGH", { max_ecku: 4 }],
])("a %s cluster can have availability %s with %j", async (tier, availability, block) => {
  const { terraform, ids } = await Platform.create();
  const cluster = await terraform.create("kafka_cluster", {
    ...planned.kafkaCluster(ids.environment, "other"),
    availability,
    standard: [],
    [tier]: [block],
  });

  expect(cluster).toMatchObject({ availability, [tier]: [block] });
  expect(await terraform.read("kafka_cluster", cluster)).toEqual(cluster);
});

test.each([
  [
    "dedicated",
    "HIGH",
    { cku: 1 },
    "A dedicated cluster with availability HIGH needs at least 2 CKUs\ngot 1",
  ],
  [
    "dedicated",
    "LOW",
    { cku: 0 },
    "A dedicated cluster with availability LOW needs at least 1 CKUs\ngot 0",
  ],
  ["freight", "LOW", {}, "A freight cluster is available in several zones only, as HIGH"],
])(
  "a %s cluster with availability %s and %j is refused",
  async (tier, availability, block, why) => {
    const { terraform, ids } = await Platform.create();

    expect(
      await terraform.refusal("create", "kafka_cluster", {
        planned: {
          ...planned.kafkaCluster(ids.environment, "other"),
          availability,
          standard: [],
          [tier]: [block],
        },
      }),
    ).toBe(`error creating Kafka Cluster "other": 400 Bad Request: ${why}`);
  },
);

test("a dedicated cluster grows and shrinks, but not below what its availability needs", async () => {
  const { terraform, ids } = await Platform.create();
  const cluster = await terraform.create("kafka_cluster", {
    ...planned.kafkaCluster(ids.environment, "other"),
    availability: "HIGH",
    standard: [],
    dedicated: [{ cku: 2 }],
  });
  const grown = await terraform.update("kafka_cluster", cluster, { dedicated: [{ cku: 4 }] });

  expect(grown).toMatchObject({ dedicated: [{ cku: 4 }] });
  expect(
    await terraform.refusal("update", "kafka_cluster", {
      prior: grown,
      planned: { ...grown, dedicated: [{ cku: 1 }] },
    }),
  ).toContain("needs at least 2 CKUs");
});

test("needs an environment that exists", async () => {
  expect(
    await new Terraform().refusal("create", "kafka_cluster", {
      planned: planned.kafkaCluster("env-none"),
    }),
  ).toBe(
    'error creating Kafka Cluster "main": 403 Forbidden: Forbidden Access\nenvironment "env-none" does not exist',
  );
});

test("a basic cluster can become standard, and nothing else changes its tier", async () => {
  const { terraform, ids } = await Platform.create();
  const basic = await terraform.create(
    "kafka_cluster",
    planned.kafkaCluster(ids.environment, "small", "basic"),
  );
  const standard = await terraform.update("kafka_cluster", basic, {
    basic: [],
    standard: [{ max_ecku: 10 }],
  });
  const ignored = await terraform.update("kafka_cluster", standard, {
    standard: [],
    enterprise: [{ max_ecku: 10 }],
  });

  expect(basic).toMatchObject({ basic: [{ max_ecku: 50 }], standard: [] });
  expect(standard).toMatchObject({ basic: [], standard: [{ max_ecku: 10 }] });
  expect(ignored).toMatchObject({ standard: [{ max_ecku: 10 }], enterprise: [] });
});

test("the first cluster of a governed environment brings the Schema Registry, the last one takes it away", async () => {
  const { terraform, cluster, ids } = await Platform.create();
  const second = await terraform.create(
    "kafka_cluster",
    planned.kafkaCluster(ids.environment, "two"),
  );
  const read = (): Promise<unknown> =>
    terraform.readData("schema_registry_cluster", { environment: [{ id: ids.environment }] });

  await terraform.delete("kafka_cluster", cluster);
  expect(await read()).toMatchObject({ id: ids.registry });

  await terraform.delete("kafka_cluster", second);
  expect(
    await terraform.refusal("read-data-source", "schema_registry_cluster", {
      config: { environment: [{ id: ids.environment }] },
    }),
  ).toBe(
    `error reading schema registry cluster: there are no schema registry clusters in "${ids.environment}" environment`,
  );
});

test("an environment without a package gets its Schema Registry when it gets the package", async () => {
  const terraform = new Terraform();
  const environment = await terraform.create("environment", planned.environment("bare", ""));
  const id = text(environment, "id");
  await terraform.create("kafka_cluster", planned.kafkaCluster(id));
  const config = { environment: [{ id }] };

  expect(
    await terraform.refusal("read-data-source", "schema_registry_cluster", { config }),
  ).toContain("there are no schema registry clusters");
  await terraform.update("environment", environment, {
    stream_governance: [{ package: "ADVANCED" }],
  });
  expect(await terraform.readData("schema_registry_cluster", config)).toMatchObject({
    package: "ADVANCED",
  });
});

test("its topics, keys and role bindings go with it, and its registry's schemas and settings", async () => {
  const platform = await Platform.create();
  const { terraform, ids } = platform;
  const account = await platform.administrator();
  const other = await platform.account("reader");
  await platform.grant(other, "DeveloperRead", platform.topicCrn("*"));
  await platform.grant(other, "DeveloperRead", platform.subjectCrn("*"));
  const streams = await platform.streams(account);
  await platform.tables(streams, "orders");
  await terraform.create(
    "subject_config",
    { subject_name: "orders-value", compatibility_level: "FULL" },
    streams,
  );
  await terraform.delete("kafka_cluster", platform.cluster);

  expect(terraform.world.inventory().map(({ type, name }) => `${type} ${name}`)).toEqual([
    "confluent_environment streaming",
    expect.stringMatching(/^confluent_service_account /),
    expect.stringMatching(/^confluent_service_account /),
    "confluent_role_binding EnvironmentAdmin",
    "confluent_flink_compute_pool statements",
  ]);
  expect(ids.cluster).toMatch(/^lkc-/);
});

test("a protected cluster cannot be deleted until it is no longer", async () => {
  const { terraform, cluster, ids } = await Platform.create();
  const guarded = await terraform.update("kafka_cluster", cluster, { deletion_protection: true });

  expect(await terraform.refusal("delete", "kafka_cluster", { prior: guarded })).toBe(
    `error deleting Kafka Cluster "${ids.cluster}": 409 Conflict: Cluster ${ids.cluster} is protected from deletion\n` +
      "set deletion_protection to false and apply that first",
  );
  await terraform.delete(
    "kafka_cluster",
    await terraform.update("kafka_cluster", guarded, { deletion_protection: false }),
  );
});

test("can be imported by its environment and id", async () => {
  const { terraform, cluster, ids } = await Platform.create();
  const { state } = await terraform.call("import", "kafka_cluster", {
    id: `${ids.environment}/${ids.cluster}`,
  });

  expect({ timeouts: null, ...state }).toEqual(cluster);
  expect(await terraform.refusal("import", "kafka_cluster", { id: ids.cluster })).toContain(
    "invalid format: expected '<env ID>/<Kafka cluster ID>'",
  );
});
