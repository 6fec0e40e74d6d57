import { readFileSync } from "node:fs";

import { partsOf, tables, type Table } from "../../stacks/tables";
import { readSecret, secretCheck, secretField } from "../support/checked-secret";
import { awsProvider, platformState, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

const DAY = 86_400_000;
const all = Object.entries<Table>(tables);
const CLUSTER =
  "${confluent_kafka_cluster.KafkaCluster.rbac_crn}/kafka=${confluent_kafka_cluster.KafkaCluster.id}";
const REGISTRY = "${data.confluent_schema_registry_cluster.SchemaRegistry.resource_name}";

/** A committed schema file on one line. */
function schema(file: string): string {
  return JSON.stringify(JSON.parse(readFileSync(file, "utf8")));
}

interface NamedSubject {
  readonly id: string;
  readonly subjectName: string;
  readonly schemaFile: string;
  readonly compatibility: string;
}

const subjects: readonly NamedSubject[] = all.flatMap(([id, table]) =>
  partsOf(table).flatMap((part) =>
    part === undefined
      ? []
      : [
          {
            ...part,
            id: `${id}_${part.part === "key" ? "Key" : "Value"}`,
            subjectName: `${table.name}-${part.part}`,
          },
        ],
  ),
);

const produced = ["skyone_avro", "sunset_avro", "skyone", "sunset"];
const consumed = [
  "flight_avro",
  "flyer_stats_avro",
  "flight",
  "flyer_stats",
  "stock_trades_with_totals",
];

/** A binding by its logical id. */
function binding(scope: string, account: string, [role, kind, name]: readonly string[]) {
  const parent = kind === "subject" ? REGISTRY : CLUSTER;
  return [
    `${scope}_${String(role)}-${String(kind)}-${String(name).replace("*", "")}`,
    {
      principal: `User:\${confluent_service_account.${account}.id}`,
      role_name: role,
      crn_pattern: `${parent}/${String(kind)}=${String(name)}`,
    },
  ] as const;
}

function bindings(base: string): object {
  return Object.fromEntries([
    ...produced.flatMap((name) => [
      binding("Producer", "AppProducer", ["DeveloperWrite", "topic", name]),
      binding("Producer", "AppProducer", ["DeveloperRead", "subject", `${name}-value`]),
    ]),
    ...consumed.flatMap((name) => [
      binding("Consumer", "AppConsumer", ["DeveloperRead", "topic", name]),
      binding("Consumer", "AppConsumer", ["DeveloperRead", "subject", `${name}-value`]),
    ]),
    binding("Consumer", "AppConsumer", ["DeveloperRead", "subject", "flight_avro-key"]),
    binding("Consumer", "AppConsumer", ["DeveloperRead", "group", `${base}*`]),
    binding("StockTrades_Sample", "DatagenConnector", ["DeveloperWrite", "topic", "stock_trades"]),
    binding("StockTrades_Sample", "DatagenConnector", [
      "DeveloperRead",
      "subject",
      "stock_trades-value",
    ]),
  ]);
}

test.each(inEveryEnvironment("event-streams"))(
  "%s: each table is a topic with its schemas, made with the keys of the platform's cluster",
  (_, config, stack, base) => {
    const { topicPartitions, topicRetentionDays } = config.streaming;
    const lifecycle = { prevent_destroy: config.allowDataLoss !== true };
    expect(stack).toEqual({
      terraform: terraformBlock(config, "event-streams"),
      provider: {
        aws: [awsProvider(config, "event-streams")],
        confluent: [
          {},
          {
            alias: "streams",
            kafka_id: "${confluent_kafka_cluster.KafkaCluster.id}",
            kafka_rest_endpoint: "${confluent_kafka_cluster.KafkaCluster.rest_endpoint}",
            kafka_api_key: `\${${secretField("Streams_Credential", "kafka.api.key")}}`,
            kafka_api_secret: `\${${secretField("Streams_Credential", "kafka.api.secret")}}`,
            schema_registry_id: "${data.confluent_schema_registry_cluster.SchemaRegistry.id}",
            schema_registry_rest_endpoint:
              "${data.confluent_schema_registry_cluster.SchemaRegistry.rest_endpoint}",
            schema_registry_api_key: `\${${secretField("Streams_Credential", "schema.registry.api.key")}}`,
            schema_registry_api_secret: `\${${secretField("Streams_Credential", "schema.registry.api.secret")}}`,
          },
        ],
      },
      data: platformState(config),
      ephemeral: {
        aws_secretsmanager_secret_version: { Streams_Credential: readSecret("StreamsSecret") },
      },
      output: {
        Streams_Credential: secretCheck("Streams_Credential", {
          "kafka.cluster.id": "confluent_kafka_cluster.KafkaCluster.id",
          "schema.registry.id": "data.confluent_schema_registry_cluster.SchemaRegistry.id",
        }),
      },
      resource: {
        confluent_kafka_topic: Object.fromEntries(
          all.map(([id, { name }]) => [
            id,
            {
              provider: "confluent.streams",
              topic_name: name,
              partitions_count: topicPartitions,
              config: { "retention.ms": String(topicRetentionDays * DAY) },
              lifecycle,
            },
          ]),
        ),
        confluent_schema: Object.fromEntries(
          subjects.map(({ id, subjectName, schemaFile }) => [
            id,
            {
              provider: "confluent.streams",
              subject_name: subjectName,
              format: schemaFile.endsWith(".avsc") ? "AVRO" : "JSON",
              schema: schema(schemaFile),
              lifecycle,
            },
          ]),
        ),
        confluent_subject_config: Object.fromEntries(
          subjects.map(({ id, subjectName, compatibility }) => [
            `${id}_Compatibility`,
            {
              provider: "confluent.streams",
              subject_name: subjectName,
              compatibility_level: compatibility,
              depends_on: [`confluent_schema.${id}`],
            },
          ]),
        ),
        confluent_role_binding: bindings(base),
        confluent_connector: {
          StockTrades_Sample: {
            environment: { id: "${confluent_environment.Environment.id}" },
            kafka_cluster: { id: "${confluent_kafka_cluster.KafkaCluster.id}" },
            config_nonsensitive: {
              "connector.class": "DatagenSource",
              name: `${base}-sample-stock-trades`,
              "kafka.auth.mode": "SERVICE_ACCOUNT",
              "kafka.service.account.id": "${confluent_service_account.DatagenConnector.id}",
              "kafka.topic": "stock_trades",
              "output.data.format": "AVRO",
              quickstart: "STOCK_TRADES",
              "tasks.max": "1",
              "value.converter.auto.register.schemas": "false",
              "value.converter.use.latest.version": "true",
            },
            depends_on: [
              "confluent_role_binding.StockTrades_Sample_DeveloperWrite-topic-stock_trades",
              "confluent_role_binding.StockTrades_Sample_DeveloperRead-subject-stock_trades-value",
              "confluent_kafka_topic.StockTrades",
              "confluent_schema.StockTrades_Value",
            ],
          },
        },
      },
    });
  },
);

test("C-07, C-08, C-09: the tables of the starter kits, with the rules of their schemas", () => {
  expect(
    subjects.map(({ subjectName, schemaFile, compatibility }) =>
      [subjectName, schemaFile.replace("pipelines/schemas/", ""), compatibility].join(" "),
    ),
  ).toEqual([
    "skyone_avro-value airline.avsc BACKWARD",
    "sunset_avro-value airline.avsc BACKWARD",
    "flight_avro-value flight.avsc BACKWARD",
    "flight_avro-key flight_key.avsc FULL_TRANSITIVE",
    "flyer_stats_avro-value flyer_stats.avsc BACKWARD",
    "skyone-value airline.schema.json BACKWARD",
    "sunset-value airline.schema.json BACKWARD",
    "flight-value flight.schema.json BACKWARD",
    "flyer_stats-value flyer_stats.schema.json BACKWARD",
    "stock_trades-value stock_trade.avsc BACKWARD",
    "stock_trades_with_totals-value stock_trade_with_total.avsc BACKWARD",
  ]);
});

test("a table may keep another rule", () => {
  const table: Table = { name: "orders", valueSchema: "order.avsc", compatibility: "FULL" };
  expect(partsOf(table)).toEqual([
    { part: "value", schemaFile: "order.avsc", compatibility: "FULL" },
  ]);
});
