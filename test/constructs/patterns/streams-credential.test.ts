import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { Secret } from "../../../constructs/aws/secret";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { ResourceNames } from "../../../constructs/core/naming";
import {
  PublishedStreamsCredential,
  SecretStreamsAccess,
} from "../../../constructs/patterns/streams-credential";
import { streamsDocument } from "../../../constructs/patterns/secret-documents";
import { readSecret, secretCheck, secretField } from "../../support/checked-secret";
import { withoutHashes } from "../../support/readable";
import { NEWEST, testRotation } from "../../support/rotation";
import { secretValue } from "../../support/secret-value";
import { streaming } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

const CLUSTER = "confluent_kafka_cluster.Cluster";
const REGISTRY = "data.confluent_schema_registry_cluster.Registry";

const fixture = () => {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const { cluster, registry } = streaming(stack);
  const secret = new Secret(stack, "Keys", {
    document: streamsDocument,
    names: new ResourceNames("lab", "test"),
    recoveryDays: 0,
  });
  return { stack, cluster, registry, secret };
};

const published = () => {
  const { stack, ...props } = fixture();
  const owner = new ServiceAccount(stack, "Owner", { displayName: "owner", description: "Owns" });
  const rotation = testRotation(stack);
  new PublishedStreamsCredential(stack, "Published", { ...props, owner, rotation });
  return withoutHashes(synth(stack));
};

const access = () => {
  const { stack, ...props } = fixture();
  const { provider } = new SecretStreamsAccess(stack, "Access", props);
  return { provider, stack: withoutHashes(synth(stack)) };
};

test("the owner gets a rotating key of the cluster and one of the registry", () => {
  const keys = published().resource?.["confluent_api_key"];
  expect(Object.entries(keys ?? {}).map(([id, key]) => [id, key["display_name"]])).toEqual([
    ["Published_KafkaKey", "owner-kafka-${each.key}"],
    ["Published_SchemaRegistryKey", "owner-schema-registry-${each.key}"],
  ]);
});

test("the secret holds both newest keys and what they open; a new key, cluster or registry writes it again", () => {
  const kafka = `confluent_api_key.Published_KafkaKey[${NEWEST}]`;
  const registry = `confluent_api_key.Published_SchemaRegistryKey[${NEWEST}]`;
  const synthesized = published();
  expect(resourcesOf(synthesized, "aws_secretsmanager_secret")).toMatchObject([
    { name: "/confluent_cloud_resource/lab-test/terraform/streams" },
  ]);
  expect(resourcesOf(synthesized, "aws_secretsmanager_secret_version")).toEqual([
    secretValue(
      "Keys",
      {
        "kafka.cluster.id": `${CLUSTER}.id`,
        "kafka.api.key": `${kafka}.id`,
        "schema.registry.id": `${REGISTRY}.id`,
        "schema.registry.api.key": `${registry}.id`,
      },
      {
        "kafka.api.secret": `${kafka}.secret`,
        "schema.registry.api.secret": `${registry}.secret`,
      },
      [`${kafka}.id`, `${registry}.id`],
    ),
  ]);
});

test("the alias carries the cluster, the registry and the keys of the secret", () => {
  const { provider, stack } = access();
  expect(provider.alias).toBe("streams");
  expect(stack.provider?.["confluent"]).toEqual([
    {},
    {
      alias: "streams",
      kafka_id: `\${${CLUSTER}.id}`,
      kafka_rest_endpoint: `\${${CLUSTER}.rest_endpoint}`,
      kafka_api_key: `\${${secretField("Access_Credential", "kafka.api.key")}}`,
      kafka_api_secret: `\${${secretField("Access_Credential", "kafka.api.secret")}}`,
      schema_registry_id: `\${${REGISTRY}.id}`,
      schema_registry_rest_endpoint: `\${${REGISTRY}.rest_endpoint}`,
      schema_registry_api_key: `\${${secretField("Access_Credential", "schema.registry.api.key")}}`,
      schema_registry_api_secret: `\${${secretField("Access_Credential", "schema.registry.api.secret")}}`,
    },
  ]);
});

test("a secret of another cluster or registry stops the plan", () => {
  const { stack } = access();
  expect(stack.ephemeral).toEqual({
    aws_secretsmanager_secret_version: { Access_Credential: readSecret("Keys") },
  });
  expect(stack.output).toEqual({
    Access_Credential: secretCheck("Access_Credential", {
      "kafka.cluster.id": `${CLUSTER}.id`,
      "schema.registry.id": `${REGISTRY}.id`,
    }),
  });
});
