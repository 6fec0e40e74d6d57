import { readFileSync } from "node:fs";

import { tables, type Table } from "../../stacks/tables";
import { readSecret, secretCheck, secretField } from "../support/checked-secret";
import { awsProvider, platformState, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

const DAY = 86_400_000;

/** A committed schema file on one line. */
function schema(file: string): string {
  return JSON.stringify(JSON.parse(readFileSync(file, "utf8")));
}

function subjects(id: string, table: Table, lifecycle: object): [string, object][] {
  const subject = (part: string, file: string): object => ({
    provider: "confluent.streams",
    subject_name: `${table.name}-${part}`,
    format: "AVRO",
    schema: schema(file),
    lifecycle,
  });
  return [
    [`${id}_Value`, subject("value", table.valueSchema)],
    ...(table.keySchema === undefined
      ? []
      : [[`${id}_Key`, subject("key", table.keySchema)] satisfies [string, object]]),
  ];
}

test.each(inEveryEnvironment("event-streams"))(
  "%s: each table is a topic with its schemas, made with the keys of the platform's cluster",
  (_, config, stack) => {
    const { topicPartitions, topicRetentionDays } = config.streaming;
    const lifecycle = { prevent_destroy: config.allowDataLoss !== true };
    const all = Object.entries<Table>(tables);
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
          all.flatMap(([id, table]) => subjects(id, table, lifecycle)),
        ),
      },
    });
  },
);
