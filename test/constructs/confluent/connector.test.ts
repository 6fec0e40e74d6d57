import {
  DatagenConnector,
  type DatagenConnectorProps,
} from "../../../constructs/confluent/datagen-connector";
import { KafkaTopic } from "../../../constructs/confluent/kafka-topic";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { Subject } from "../../../constructs/confluent/subject";
import { collectLineage } from "../../../constructs/core/lineage";
import { withoutHashes } from "../../support/readable";
import { sourceFile } from "../../support/source-file";
import { streamsAccess } from "../../support/streaming";
import { synth, testStack } from "../../support/synth";

const AVRO = () => sourceFile("trade.avsc", '"string"');
const JSON_SCHEMA = () =>
  sourceFile(
    "trade.schema.json",
    '{"type":"object","properties":{"id":{}},"additionalProperties":false}',
  );

const fixture = (change: Partial<DatagenConnectorProps> = {}, schemaFile = AVRO()) => {
  const stack = testStack();
  const streams = streamsAccess(stack);
  const topic = new KafkaTopic(stack, "Trades", { streams, topicName: "trades" });
  const key = new Subject(topic, "Key", { streams, topic, part: "key", schemaFile });
  const value = new Subject(topic, "Value", { streams, topic, part: "value", schemaFile });
  const account = new ServiceAccount(stack, "Account", { displayName: "a", description: "A" });
  const props = { connectorName: "sample", account, topic, value, ...change };
  return { stack, key, props: { ...props, quickstart: "STOCK_TRADES" as const } };
};

const connector = (...given: Parameters<typeof fixture>) => {
  const { stack, props } = fixture(...given);
  new DatagenConnector(stack, "Sample", props);
  return withoutHashes(synth(stack)).resource ?? {};
};

test("C-15, T-16: writes sample records as its account, which may do just that", () => {
  const { confluent_connector, confluent_role_binding } = connector();
  expect(confluent_connector).toEqual({
    Sample: {
      environment: { id: "${confluent_environment.Environment.id}" },
      kafka_cluster: { id: "${confluent_kafka_cluster.Cluster.id}" },
      config_nonsensitive: {
        "connector.class": "DatagenSource",
        name: "sample",
        "kafka.auth.mode": "SERVICE_ACCOUNT",
        "kafka.service.account.id": "${confluent_service_account.Account.id}",
        "kafka.topic": "trades",
        "output.data.format": "AVRO",
        quickstart: "STOCK_TRADES",
        "tasks.max": "1",
        "value.converter.auto.register.schemas": "false",
        "value.converter.use.latest.version": "true",
      },
      depends_on: [
        "confluent_role_binding.Sample_DeveloperWrite-topic-trades",
        "confluent_role_binding.Sample_DeveloperRead-subject-trades-value",
        "confluent_kafka_topic.Trades",
        "confluent_schema.Trades_Value",
      ],
    },
  });
  const principal = "User:${confluent_service_account.Account.id}";
  expect(confluent_role_binding).toEqual({
    "Sample_DeveloperRead-subject-trades-value": {
      principal,
      role_name: "DeveloperRead",
      crn_pattern:
        "${data.confluent_schema_registry_cluster.Registry.resource_name}/subject=trades-value",
    },
    "Sample_DeveloperWrite-topic-trades": {
      principal,
      role_name: "DeveloperWrite",
      crn_pattern:
        "${confluent_kafka_cluster.Cluster.rbac_crn}/kafka=${confluent_kafka_cluster.Cluster.id}/topic=trades",
    },
  });
});

test("C-14, T-16: there are roles instead of ACLs", () => {
  expect(Object.keys(connector())).not.toContain("confluent_kafka_acl");
});

test("topic and connector are in the lineage", () => {
  const { stack, props } = fixture();
  new DatagenConnector(stack, "Sample", props);
  expect(collectLineage(stack)).toEqual({
    tables: ["trades"],
    processes: [{ kind: "connector", name: "sample", reads: [], writes: ["trades"] }],
  });
});

test.each([
  [{ tasks: 3 }, undefined, { "tasks.max": "3" }],
  [{}, JSON_SCHEMA(), { "output.data.format": "JSON_SR" }],
])("a prop changes one thing: %#", (change, schemaFile, expected) => {
  const { confluent_connector } = connector(change, schemaFile);
  expect(confluent_connector?.["Sample"]).toMatchObject({ config_nonsensitive: expected });
});

test.each(["", "a b", "a/b", "ä"])("fails for the name %j", (connectorName) => {
  expect(() => connector({ connectorName })).toThrow(
    `test/Sample: connectorName must be letters, digits, ".", "_" or "-", got ${JSON.stringify(connectorName)}`,
  );
});

test.each([0, -1, 1.5, Number.NaN])("fails for %d tasks", (tasks) => {
  expect(() => connector({ tasks })).toThrow(
    `test/Sample: tasks must be a whole number of at least 1, got ${tasks}`,
  );
});

test("fails for a subject that does not describe the topic's values", () => {
  const { stack, key, props } = fixture();
  expect(() => new DatagenConnector(stack, "Sample", { ...props, value: key })).toThrow(
    "test/Sample: value must be the subject of the topic's values, trades-value, got trades-key",
  );
});
