import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

import { EphemeralSecret } from "../aws/ephemeral-secret";
import { SecretValue, type Secret } from "../aws/secret";
import { ApiKey } from "../confluent/api-key";
import type { KafkaCluster } from "../confluent/kafka-cluster";
import type { SchemaRegistry } from "../confluent/schema-registry";
import type { ServiceAccount } from "../confluent/service-account";

/** Names of the secret's JSON fields, shared by the one who writes and the ones who read. */
const FIELD = {
  clusterId: "kafka.cluster.id",
  kafkaKey: "kafka.api.key",
  kafkaSecret: "kafka.api.secret",
  registryId: "schema.registry.id",
  registryKey: "schema.registry.api.key",
  registrySecret: "schema.registry.api.secret",
} as const;

/** What both sides of the credential must agree on. */
export interface StreamsCredentialProps {
  readonly secret: Secret;
  readonly cluster: KafkaCluster;
  readonly registry: SchemaRegistry;
}

export interface PublishedStreamsCredentialProps extends StreamsCredentialProps {
  readonly owner: ServiceAccount;

  /** Shown in Confluent Cloud before each key's purpose. */
  readonly displayName: string;
}

/** A Kafka and a Schema Registry key of one owner, published in a secret. */
export class PublishedStreamsCredential extends Construct {
  constructor(scope: Construct, id: string, props: PublishedStreamsCredentialProps) {
    super(scope, id);
    const kafka = new ApiKey(this, "KafkaKey", {
      displayName: `${props.displayName}-kafka`,
      owner: props.owner,
      opens: props.cluster.toManagedResource(),
    });
    const registry = new ApiKey(this, "SchemaRegistryKey", {
      displayName: `${props.displayName}-schema-registry`,
      owner: props.owner,
      opens: props.registry.toManagedResource(),
    });
    new SecretValue(this, "Value", {
      secret: props.secret,
      publicFields: {
        [FIELD.clusterId]: props.cluster.kafkaClusterId,
        [FIELD.kafkaKey]: kafka.key,
        [FIELD.registryId]: props.registry.schemaRegistryId,
        [FIELD.registryKey]: registry.key,
      },
      secretFields: {
        [FIELD.kafkaSecret]: kafka.secret,
        [FIELD.registrySecret]: registry.secret,
      },
    });
  }
}

/** The provider alias `confluent.streams`: topics and schemas of one cluster, its keys read from the secret at run time. */
export class StreamsAccess extends Construct {
  readonly provider: TerraformProvider;

  constructor(scope: Construct, id: string, props: StreamsCredentialProps) {
    super(scope, id);
    const secret = new EphemeralSecret(this, "Credential", {
      secret: props.secret,
      expect: {
        [FIELD.clusterId]: props.cluster.kafkaClusterId,
        [FIELD.registryId]: props.registry.schemaRegistryId,
      },
    });
    this.provider = new ConfluentProvider(this, "Provider", {
      alias: "streams",
      kafkaId: props.cluster.kafkaClusterId,
      kafkaRestEndpoint: props.cluster.restEndpoint,
      kafkaApiKey: secret.field(FIELD.kafkaKey),
      kafkaApiSecret: secret.field(FIELD.kafkaSecret),
      schemaRegistryId: props.registry.schemaRegistryId,
      schemaRegistryRestEndpoint: props.registry.restEndpoint,
      schemaRegistryApiKey: secret.field(FIELD.registryKey),
      schemaRegistryApiSecret: secret.field(FIELD.registrySecret),
    });
  }
}
