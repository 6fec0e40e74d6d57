import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

import { EphemeralSecret } from "../aws/ephemeral-secret";
import { SecretValue, type Secret } from "../aws/secret";
import type { KafkaCluster } from "../confluent/kafka-cluster";
import type { SchemaRegistry } from "../confluent/schema-registry";
import type { StreamsAccess } from "../confluent/streams-access";
import type { streamsDocument } from "./secret-documents";
import { streamsKeys, type StreamsKeysProps } from "./streams-keys";

/** What both sides of the credential must agree on. */
export interface StreamsCredentialProps {
  readonly secret: Secret<typeof streamsDocument>;
  readonly cluster: KafkaCluster;
  readonly registry: SchemaRegistry;
}

/** A Kafka and a Schema Registry key of one owner, published in a secret. */
export class PublishedStreamsCredential extends Construct {
  readonly values: readonly SecretValue[];

  constructor(scope: Construct, id: string, props: StreamsCredentialProps & StreamsKeysProps) {
    super(scope, id);
    const { cluster, registry } = props;
    const { kafka, schemas } = streamsKeys(this, props);
    const value = new SecretValue(this, "Value", {
      secret: props.secret,
      publicFields: {
        "kafka.cluster.id": cluster.kafkaClusterId,
        "kafka.api.key": kafka.key,
        "schema.registry.id": registry.schemaRegistryId,
        "schema.registry.api.key": schemas.key,
      },
      secretFields: {
        "kafka.api.secret": kafka.secret,
        "schema.registry.api.secret": schemas.secret,
      },
      keyIds: [kafka.key, schemas.key],
    });
    this.values = [value];
  }
}

/** The provider alias `confluent.streams`: topics and schemas of one cluster, its keys read from the secret at run time. */
export class SecretStreamsAccess extends Construct implements StreamsAccess {
  readonly provider: TerraformProvider;
  readonly cluster: KafkaCluster;
  readonly registry: SchemaRegistry;

  constructor(scope: Construct, id: string, props: StreamsCredentialProps) {
    super(scope, id);
    this.cluster = props.cluster;
    this.registry = props.registry;
    const secret = new EphemeralSecret(this, "Credential", {
      secret: props.secret,
      expect: {
        "kafka.cluster.id": props.cluster.kafkaClusterId,
        "schema.registry.id": props.registry.schemaRegistryId,
      },
    });
    this.provider = new ConfluentProvider(this, "Provider", {
      alias: "streams",
      kafkaId: props.cluster.kafkaClusterId,
      kafkaRestEndpoint: props.cluster.restEndpoint,
      kafkaApiKey: secret.field("kafka.api.key"),
      kafkaApiSecret: secret.field("kafka.api.secret"),
      schemaRegistryId: props.registry.schemaRegistryId,
      schemaRegistryRestEndpoint: props.registry.restEndpoint,
      schemaRegistryApiKey: secret.field("schema.registry.api.key"),
      schemaRegistryApiSecret: secret.field("schema.registry.api.secret"),
    });
  }
}
