import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { ResourceNames } from "../../../constructs/core/naming";
import {
  ClientSecrets,
  PublishedClientCredentials,
} from "../../../constructs/patterns/client-credentials";
import { terraformOk } from "../../sandbox/provider/support/terraform";
import { withoutHashes } from "../../support/readable";
import { NEWEST, testRotation } from "../../support/rotation";
import { streaming } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";
import { temporaryDirectory } from "../../support/temporary-directory";

const KAFKA = `confluent_api_key.Published_KafkaKey[${NEWEST}]`;
const REGISTRY = `confluent_api_key.Published_SchemaRegistryKey[${NEWEST}]`;

function published() {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const { cluster, registry } = streaming(stack);
  new PublishedClientCredentials(stack, "Published", {
    owner: new ServiceAccount(stack, "Owner", { displayName: "owner", description: "Owns" }),
    rotation: testRotation(stack),
    secrets: new ClientSecrets(stack, "Secrets", {
      identity: "app_producer",
      names: new ResourceNames("lab", "test"),
      recoveryDays: 0,
    }),
    cluster,
    registry,
  });
  return withoutHashes(synth(stack));
}

/** What real Terraform writes into each secret when the keys have these ids and secrets. */
async function written(key: string, secret: string): Promise<unknown> {
  const versions = published().resource?.["aws_secretsmanager_secret_version"] ?? {};
  const output = Object.fromEntries(
    Object.entries(versions).map(([id, { secret_string_wo }]) => [id, { value: secret_string_wo }]),
  );
  const text = [KAFKA, REGISTRY]
    .reduce(
      (module, address) =>
        module.replaceAll(`${address}.id`, "var.key").replaceAll(`${address}.secret`, "var.secret"),
      JSON.stringify(output),
    )
    .replaceAll("confluent_kafka_cluster.Cluster.bootstrap_endpoint", "var.bootstrap_endpoint")
    .replaceAll(
      "data.confluent_schema_registry_cluster.Registry.rest_endpoint",
      "var.registry_endpoint",
    );
  const names = ["key", "secret", "bootstrap_endpoint", "registry_endpoint"];
  const variable = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
  const directory = temporaryDirectory();
  writeFileSync(
    join(directory, "secrets.tf.json"),
    JSON.stringify({ variable, output: JSON.parse(text) as object }),
  );
  await terraformOk(["apply", "-auto-approve", "-input=false"], directory, {
    TF_VAR_key: key,
    TF_VAR_secret: secret,
    TF_VAR_bootstrap_endpoint: "SASL_SSL://pkc-1.us-east-1.aws.confluent.cloud:9092",
    TF_VAR_registry_endpoint: "https://psrc-1.us-east-1.aws.confluent.cloud",
  });
  const outputs = JSON.parse(await terraformOk(["output", "-json"], directory)) as Record<
    string,
    { value: string }
  >;
  return Object.fromEntries(
    Object.entries(outputs).map(([id, { value }]) => [id, JSON.parse(value) as unknown]),
  );
}

const servers = { "bootstrap.servers": "pkc-1.us-east-1.aws.confluent.cloud:9092" };
const login = (username: string, password: string) =>
  `org.apache.kafka.common.security.plain.PlainLoginModule required username="${username}" password="${password}";`;

test("A-03 to A-06, A-08, A-09: each client finds what it needs under its own names", async () => {
  const registry = {
    "schema.registry.url": "https://psrc-1.us-east-1.aws.confluent.cloud",
    "schema.registry.basic.auth.credentials.source": "USER_INFO",
    "schema.registry.basic.auth.user.info": "K1:s+e/c=",
  };
  expect(await written("K1", "s+e/c=")).toEqual({
    Published_KafkaJava: { ...servers, "sasl.jaas.config": login("K1", "s+e/c=") },
    Published_KafkaPython: { ...servers, "sasl.username": "K1", "sasl.password": "s+e/c=" },
    Published_SchemaRegistryJava: registry,
    Published_SchemaRegistryPython: registry,
  });
});

test("a quotation mark or a backslash does not end a Java login", async () => {
  expect(await written("K1", String.raw`a"b\c;<&>`)).toMatchObject({
    Published_KafkaJava: { "sasl.jaas.config": login("K1", String.raw`a\"b\\c;<&>`) },
    Published_KafkaPython: { "sasl.password": String.raw`a"b\c;<&>` },
  });
});

test("the secrets of an identity have paths of their own", () => {
  const path = "/confluent_cloud_resource/lab-test";
  expect(
    resourcesOf(published(), "aws_secretsmanager_secret").map(({ name, description }) => [
      name,
      description,
    ]),
  ).toEqual([
    [
      `${path}/kafka_cluster/app_producer/java_client`,
      "Kafka key of app_producer for Java clients",
    ],
    [
      `${path}/kafka_cluster/app_producer/python_client`,
      "Kafka key of app_producer for Python clients",
    ],
    [
      `${path}/schema_registry_cluster/app_producer/java_client`,
      "Schema Registry key of app_producer for Java clients",
    ],
    [
      `${path}/schema_registry_cluster/app_producer/python_client`,
      "Schema Registry key of app_producer for Python clients",
    ],
  ]);
});

test("a new key writes every secret that holds it again, also where no public field shows its id", () => {
  const versions = published().resource?.["aws_secretsmanager_secret_version"] ?? {};
  const decidedBy = Object.entries(versions).map(([id, { secret_string_wo_version }]) => [
    id,
    [KAFKA, REGISTRY].filter((key) => String(secret_string_wo_version).includes(`${key}.id`)),
  ]);
  expect(Object.fromEntries(decidedBy)).toEqual({
    Published_KafkaJava: [KAFKA],
    Published_KafkaPython: [KAFKA],
    Published_SchemaRegistryJava: [REGISTRY],
    Published_SchemaRegistryPython: [REGISTRY],
  });
});
