import { FlinkPrincipal } from "../../../constructs/confluent/flink-principal";
import { KafkaClusterTier } from "../../../constructs/confluent/kafka-cluster-tier";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { streaming } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

/** Each binding as `role on what`, without the parts of the CRN that every binding shares. */
function bindings(stack: ReturnType<typeof testStack>): string[] {
  return resourcesOf(synth(stack), "confluent_role_binding")
    .map(({ role_name, crn_pattern }) => `${String(role_name)} ${shorten(String(crn_pattern))}`)
    .sort();
}

function shorten(crn: string): string {
  return crn
    .replace(/\$\{confluent_kafka_cluster\.\w+\.rbac_crn\}\/kafka=\$\{[^}]+\}/, "kafka")
    .replace(/\$\{data\.confluent_schema_registry_cluster\.\w+\.resource_name\}/, "registry")
    .replace(/\$\{confluent_environment\.\w+\.resource_name\}/, "environment");
}

const fixture = (tier = KafkaClusterTier.standard()) => {
  const stack = testStack();
  const platform = streaming(stack, tier);
  const grantee = new ServiceAccount(stack, "Grantee", { displayName: "g", description: "G" });
  return { stack, grantee, ...platform };
};

test("reading a table is reading its records and its schemas", () => {
  const { stack, tables, grantee } = fixture();
  tables.read({ name: "orders", keySchema: "key.avsc" }, grantee);
  expect(bindings(stack)).toEqual([
    "DeveloperRead kafka/topic=orders",
    "DeveloperRead registry/subject=orders-key",
    "DeveloperRead registry/subject=orders-value",
  ]);
});

test("writing a table neither reads its records nor registers schemas", () => {
  const { stack, tables, grantee } = fixture();
  tables.write({ name: "orders" }, grantee);
  expect(bindings(stack)).toEqual([
    "DeveloperRead registry/subject=orders-value",
    "DeveloperWrite kafka/topic=orders",
  ]);
});

test("managing tables neither reads nor writes records", () => {
  const { stack, tables, grantee } = fixture();
  tables.manageAll(grantee);
  expect(bindings(stack)).toEqual([
    "DeveloperManage kafka/topic=*",
    "DeveloperManage registry/subject=*",
    "DeveloperRead registry/subject=*",
    "DeveloperWrite registry/subject=*",
  ]);
});

test("a binding belongs to the account that receives it", () => {
  const { stack, tables, grantee } = fixture();
  tables.write({ name: "orders" }, grantee);
  expect(resourcesOf(synth(stack), "confluent_role_binding").map((b) => b["principal"])).toEqual([
    "User:${confluent_service_account.Grantee_03029E41.id}",
    "User:${confluent_service_account.Grantee_03029E41.id}",
  ]);
});

test("fails when a basic cluster shall grant a table", () => {
  const { tables, grantee } = fixture(KafkaClusterTier.basic());
  expect(() => {
    tables.read({ name: "orders" }, grantee);
  }).toThrow(
    'test/Cluster: a basic cluster has no role bindings on topics, groups and transactional ids, got a grant on topic "orders"; use KafkaClusterTier.standard() or above',
  );
});

test("fails when a basic cluster shall have a Flink principal, with tables or without", () => {
  const { stack, environment, cluster, tables } = fixture(KafkaClusterTier.basic());
  expect(
    () =>
      new FlinkPrincipal(stack, "Runner", {
        displayName: "runner",
        description: "Runs",
        environment,
        cluster,
        tables,
        reads: [],
        writes: [],
      }),
  ).toThrow(
    'test/Cluster: a basic cluster has no role bindings on topics, groups and transactional ids, got a grant on transactional-id "_confluent-flink_*"; use KafkaClusterTier.standard() or above',
  );
});

test("what is granted twice is bound once", () => {
  const { stack, tables, grantee } = fixture();
  tables.read({ name: "orders" }, grantee);
  tables.write({ name: "orders" }, grantee);
  tables.read({ name: "orders" }, grantee);
  expect(bindings(stack)).toEqual([
    "DeveloperRead kafka/topic=orders",
    "DeveloperRead registry/subject=orders-value",
    "DeveloperWrite kafka/topic=orders",
  ]);
});

test("K-03, T-15, T-17: a Flink principal has exactly the roles its statements need, and none is chained", () => {
  const { stack, environment, cluster, tables } = fixture();
  new FlinkPrincipal(stack, "Runner", {
    displayName: "runner",
    description: "Runs",
    environment,
    cluster,
    tables,
    reads: [{ name: "orders" }],
    writes: [{ name: "totals" }],
  });
  expect(bindings(stack)).toEqual([
    "DeveloperRead kafka/topic=orders",
    "DeveloperRead kafka/transactional-id=_confluent-flink_*",
    "DeveloperRead registry/subject=orders-value",
    "DeveloperRead registry/subject=totals-value",
    "DeveloperWrite kafka/topic=totals",
    "DeveloperWrite kafka/transactional-id=_confluent-flink_*",
    "FlinkDeveloper environment",
  ]);
  for (const binding of resourcesOf(synth(stack), "confluent_role_binding")) {
    expect(Object.keys(binding).sort()).toEqual(["crn_pattern", "principal", "role_name"]);
  }
});
