import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { Secret } from "../../../constructs/aws/secret";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import {
  PublishedStreamsCredential,
  StreamsAccess,
} from "../../../constructs/patterns/streams-credential";
import { readSecret, secretCheck, secretField } from "../../support/checked-secret";
import { withoutHashes } from "../../support/readable";
import { streaming } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

const CLUSTER = "confluent_kafka_cluster.Cluster";
const REGISTRY = "data.confluent_schema_registry_cluster.Registry";

const fixture = () => {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const { cluster, registry } = streaming(stack);
  const secret = new Secret(stack, "Keys", {
    secretName: "/lab/streams",
    description: "Keys",
    recoveryDays: 0,
  });
  return { stack, cluster, registry, secret };
};

const published = () => {
  const { stack, ...props } = fixture();
  const owner = new ServiceAccount(stack, "Owner", { displayName: "owner", description: "Owns" });
  new PublishedStreamsCredential(stack, "Published", { ...props, owner, displayName: "lab" });
  return withoutHashes(synth(stack));
};

const access = () => {
  const { stack, ...props } = fixture();
  const { provider } = new StreamsAccess(stack, "Access", props);
  return { provider, stack: withoutHashes(synth(stack)) };
};

test("the owner gets one key of the cluster and one of the registry", () => {
  const key = (purpose: string, opens: string) => ({
    display_name: `lab-${purpose}`,
    description: `lab-${purpose}, managed by Terraform`,
    owner: {
      id: "${confluent_service_account.Owner.id}",
      api_version: "${confluent_service_account.Owner.api_version}",
      kind: "${confluent_service_account.Owner.kind}",
    },
    managed_resource: {
      id: `\${${opens}.id}`,
      api_version: `\${${opens}.api_version}`,
      kind: `\${${opens}.kind}`,
      environment: [{ id: "${confluent_environment.Environment.id}" }],
    },
  });
  expect(published().resource?.["confluent_api_key"]).toEqual({
    Published_KafkaKey: key("kafka", CLUSTER),
    Published_SchemaRegistryKey: key("schema-registry", REGISTRY),
  });
});

test("the secret holds both keys and what they open; a new key, cluster or registry writes it again", () => {
  const publicFields =
    `"kafka.cluster.id" = ${CLUSTER}.id, ` +
    `"kafka.api.key" = confluent_api_key.Published_KafkaKey.id, ` +
    `"schema.registry.id" = ${REGISTRY}.id, ` +
    `"schema.registry.api.key" = confluent_api_key.Published_SchemaRegistryKey.id`;
  const secretFields =
    `"kafka.api.secret" = confluent_api_key.Published_KafkaKey.secret, ` +
    `"schema.registry.api.secret" = confluent_api_key.Published_SchemaRegistryKey.secret`;
  expect(resourcesOf(published(), "aws_secretsmanager_secret_version")).toEqual([
    {
      secret_id: "${aws_secretsmanager_secret.Keys.arn}",
      secret_string_wo: `\${jsonencode({${publicFields}, ${secretFields}})}`,
      secret_string_wo_version: `\${parseint(substr(sha256(jsonencode({${publicFields}})), 0, 13), 16)}`,
      lifecycle: { create_before_destroy: true },
    },
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
