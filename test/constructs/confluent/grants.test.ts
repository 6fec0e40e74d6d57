import { Construct } from "constructs";

import type { Grantee } from "../../../constructs/confluent/grantee";
import { KafkaClusterTier } from "../../../constructs/confluent/kafka-cluster-tier";
import { KafkaTopic } from "../../../constructs/confluent/kafka-topic";
import { RoleBinding } from "../../../constructs/confluent/role-binding";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { Subject } from "../../../constructs/confluent/subject";
import type { TableGrants } from "../../../constructs/confluent/table-grants";
import { sourceFile } from "../../support/source-file";
import { streaming, streamsProvider } from "../../support/streaming";
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
    .replace(/\$\{data\.confluent_schema_registry_cluster\.\w+\.resource_name\}/, "registry");
}

const fixture = (tier = KafkaClusterTier.standard()) => {
  const stack = testStack();
  const platform = streaming(stack, tier);
  const streams = { ...platform, provider: streamsProvider(stack) };
  const topic = new KafkaTopic(stack, "Orders", { streams, topicName: "orders" });
  const schemaFile = sourceFile("order.avsc", '"string"');
  const subject = new Subject(topic, "Value", { streams, topic, part: "value", schemaFile });
  const account = (id: string) =>
    new ServiceAccount(stack, id, { displayName: id, description: id });
  return { stack, topic, subject, account, grantee: account("Grantee"), ...platform };
};
type Fixture = ReturnType<typeof fixture>;

test.each<[string, (given: Fixture) => readonly RoleBinding[], readonly string[]]>([
  [
    "producing is writing records, and nothing else",
    ({ topic, grantee }) => topic.grants.produce(grantee),
    ["DeveloperWrite kafka/topic=orders"],
  ],
  [
    "reading a topic is reading its records, in no group",
    ({ topic, grantee }) => topic.grants.read(grantee),
    ["DeveloperRead kafka/topic=orders"],
  ],
  [
    "consuming is reading records in one group",
    ({ topic, grantee }) => topic.grants.consume(grantee, { group: "billing" }),
    ["DeveloperRead kafka/group=billing", "DeveloperRead kafka/topic=orders"],
  ],
  [
    "consuming may be in every group whose name begins alike",
    ({ topic, grantee }) => topic.grants.consume(grantee, { group: "billing-*" }),
    ["DeveloperRead kafka/group=billing-*", "DeveloperRead kafka/topic=orders"],
  ],
  [
    "managing a topic is neither reading nor writing its records",
    ({ topic, grantee }) => topic.grants.manage(grantee),
    ["DeveloperManage kafka/topic=orders"],
  ],
  [
    "reading a subject",
    ({ subject, grantee }) => subject.grants.read(grantee),
    ["DeveloperRead registry/subject=orders-value"],
  ],
  [
    "registering a schema is writing the subject, and reading it back",
    ({ subject, grantee }) => subject.grants.register(grantee),
    ["DeveloperRead registry/subject=orders-value", "DeveloperWrite registry/subject=orders-value"],
  ],
  [
    "managing a subject is registering, deleting and setting its rule",
    ({ subject, grantee }) => subject.grants.manage(grantee),
    [
      "DeveloperManage registry/subject=orders-value",
      "DeveloperRead registry/subject=orders-value",
      "DeveloperWrite registry/subject=orders-value",
    ],
  ],
  [
    "reading a table is reading its records and its schemas",
    ({ tables, grantee }) => tables.read({ name: "orders", keySchema: "key.avsc" }, grantee),
    [
      "DeveloperRead kafka/topic=orders",
      "DeveloperRead registry/subject=orders-key",
      "DeveloperRead registry/subject=orders-value",
    ],
  ],
  [
    "writing a table neither reads its records nor registers schemas",
    ({ tables, grantee }) => tables.write({ name: "orders" }, grantee),
    ["DeveloperRead registry/subject=orders-value", "DeveloperWrite kafka/topic=orders"],
  ],
  [
    "owning a table is making it, with its schemas",
    ({ tables, grantee }) => tables.own({ name: "orders", keySchema: "key.avsc" }, grantee),
    [
      "DeveloperManage kafka/topic=orders",
      "DeveloperRead registry/subject=orders-key",
      "DeveloperRead registry/subject=orders-value",
      "DeveloperWrite kafka/topic=orders",
      "DeveloperWrite registry/subject=orders-key",
      "DeveloperWrite registry/subject=orders-value",
    ],
  ],
  [
    "T-15: managing tables neither reads nor writes records",
    ({ tables, grantee }) => tables.manageAll(grantee),
    [
      "DeveloperManage kafka/topic=*",
      "DeveloperManage registry/subject=*",
      "DeveloperRead registry/subject=*",
      "DeveloperWrite registry/subject=*",
    ],
  ],
])("%s", (_what, grant, expected) => {
  const given = fixture();
  const granted = grant(given);
  expect(bindings(given.stack)).toEqual(expected);
  expect(granted).toHaveLength(expected.length);
});

test.each<[string, (tables: TableGrants, grantee: Grantee) => readonly RoleBinding[]]>([
  ["read", (tables, grantee) => tables.read({ name: "orders" }, grantee)],
  ["write", (tables, grantee) => tables.write({ name: "orders" }, grantee)],
  ["own", (tables, grantee) => tables.own({ name: "orders" }, grantee)],
  ["manage", (tables, grantee) => tables.manageAll(grantee)],
])("who may %s already is given the same bindings again", (_what, grant) => {
  const { stack, tables, grantee } = fixture();
  const first = grant(tables, grantee);
  const again = grant(tables, grantee.within(new Construct(stack, "Elsewhere")));
  expect(again).toEqual(first);
  expect(bindings(stack)).toHaveLength(first.length);
});

test("what two grants share is bound once: a schema that is read by a reader and by a writer", () => {
  const { stack, tables, topic, grantee } = fixture();
  tables.read({ name: "orders" }, grantee);
  tables.write({ name: "orders" }, grantee);
  topic.grants.produce(grantee);
  expect(bindings(stack)).toEqual([
    "DeveloperRead kafka/topic=orders",
    "DeveloperRead registry/subject=orders-value",
    "DeveloperWrite kafka/topic=orders",
  ]);
});

test("two identities with the same roles have a binding each", () => {
  const { stack, topic, account } = fixture();
  topic.grants.produce(account("One"));
  topic.grants.produce(account("Other"));
  expect(bindings(stack)).toHaveLength(2);
});

test("fails when the bindings of two identities shall stand in one place", () => {
  const { stack, topic, account } = fixture();
  const place = new Construct(stack, "Place");
  topic.grants.produce(account("One").within(place));
  expect(() => topic.grants.produce(account("Other").within(place))).toThrow(
    'test/Place: bindings of one identity must have a scope of their own: pass another to within(), got a second "DeveloperWrite-topic-orders"',
  );
});

test("a binding belongs to the account that receives it, and stands where that one says", () => {
  const { stack, topic, grantee } = fixture();
  topic.grants.produce(grantee.within(new Construct(stack, "Writers")));
  expect(synth(stack).resource?.["confluent_role_binding"]).toEqual({
    "Writers_DeveloperWrite-topic-orders_262C6E61": expect.objectContaining({
      principal: "User:${confluent_service_account.Grantee_03029E41.id}",
    }),
  });
});

test.each(["", "*", "a*b", "a b", "a".repeat(255)])("fails for the consumer group %j", (group) => {
  const { topic, grantee } = fixture();
  expect(() => topic.grants.consume(grantee, { group })).toThrow(
    `test/Grantee: group must be a consumer group's name, or the beginning of names followed by "*", got ${JSON.stringify(group)}`,
  );
});

test("fails when a basic cluster shall grant a table", () => {
  const { tables, grantee } = fixture(KafkaClusterTier.basic());
  expect(() => tables.read({ name: "orders" }, grantee)).toThrow(
    'test/Cluster: a basic cluster has no role bindings on topics, groups and transactional ids, got a grant on topic "orders"; use KafkaClusterTier.standard() or above',
  );
});

test.each([
  KafkaClusterTier.standard(),
  KafkaClusterTier.enterprise(),
  KafkaClusterTier.freight(),
  KafkaClusterTier.dedicated(1),
])("every tier above grants tables: %#", (tier) => {
  const { stack, topic, grantee } = fixture(tier);
  topic.grants.produce(grantee);
  expect(bindings(stack)).toEqual(["DeveloperWrite kafka/topic=orders"]);
});
