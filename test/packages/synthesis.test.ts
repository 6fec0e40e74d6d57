import { App, TerraformStack, Testing } from "cdktf";
import { DataConfluentOrganization } from "@cdktf/provider-confluent/lib/data-confluent-organization";
import { FlinkStatement } from "@cdktf/provider-confluent/lib/flink-statement";
import { KafkaTopic } from "@cdktf/provider-confluent/lib/kafka-topic";
import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import { ExternalVolume } from "@cdktf/provider-snowflake/lib/external-volume";
import { SnowflakeProvider } from "@cdktf/provider-snowflake/lib/provider";
import confluent from "../../packages/provider-confluent/resources.json";
import snowflake from "../../packages/provider-snowflake/resources.json";

function synthesize(build: (stack: TerraformStack) => void): Record<string, unknown> {
  const stack = new TerraformStack(new App(), "stack");
  build(stack);
  return JSON.parse(Testing.synth(stack)) as Record<string, unknown>;
}

test("providers are required from their source in exactly the generated version", () => {
  const { terraform, provider } = synthesize((stack) => {
    new ConfluentProvider(stack, "confluent", {});
    new ConfluentProvider(stack, "confluent-streams", { alias: "streams", kafkaId: "lkc-1" });
    new SnowflakeProvider(stack, "snowflake", { alias: "sysadmin", role: "SYSADMIN" });
  });

  expect(terraform).toHaveProperty("required_providers", {
    confluent: { source: "confluentinc/confluent", version: confluent.version },
    snowflake: { source: "snowflakedb/snowflake", version: snowflake.version },
  });
  expect(provider).toEqual({
    confluent: [{}, { alias: "streams", kafka_id: "lkc-1" }],
    snowflake: [{ alias: "sysadmin", role: "SYSADMIN" }],
  });
});

test("blocks, maps, references and aliases come out as Terraform wants them", () => {
  const { resource, data } = synthesize((stack) => {
    const streams = new ConfluentProvider(stack, "confluent-streams", { alias: "streams" });
    const organization = new DataConfluentOrganization(stack, "organization");
    const flights = new KafkaTopic(stack, "flights", {
      provider: streams,
      topicName: "flights",
      kafkaCluster: { id: "lkc-1" },
      config: { "retention.ms": "1000" },
    });
    new FlinkStatement(stack, "query", {
      statement: `SELECT * FROM \`${flights.topicName}\``,
      properties: { organization: organization.id },
    });
    new ExternalVolume(stack, "volume", {
      name: "LAKE",
      storageLocation: [
        { storageLocationName: "s3", storageProvider: "S3", storageBaseUrl: "s3://lake/" },
      ],
    });
  });

  expect(data).toEqual({ confluent_organization: { organization: {} } });
  expect(resource).toEqual({
    confluent_kafka_topic: {
      flights: {
        provider: "confluent.streams",
        topic_name: "flights",
        kafka_cluster: { id: "lkc-1" },
        config: { "retention.ms": "1000" },
      },
    },
    confluent_flink_statement: {
      query: {
        statement: "SELECT * FROM `${confluent_kafka_topic.flights.topic_name}`",
        properties: { organization: "${data.confluent_organization.organization.id}" },
      },
    },
    snowflake_external_volume: {
      volume: {
        name: "LAKE",
        storage_location: [
          {
            storage_location_name: "s3",
            storage_provider: "S3",
            storage_base_url: "s3://lake/",
          },
        ],
      },
    },
  });
});
