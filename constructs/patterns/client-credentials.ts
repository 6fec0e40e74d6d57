import { Fn, ref, Token } from "cdktf";
import { Construct } from "constructs";

import { Secret, SecretValue } from "../aws/secret";
import type { RotatingApiKey } from "../confluent/rotating-api-key";
import type { ResourceNames } from "../core/naming";
import {
  kafkaJavaDocument,
  kafkaPythonDocument,
  schemaRegistryDocument,
  type ApplicationIdentity,
} from "./secret-documents";
import { streamsKeys, type StreamsKeysProps } from "./streams-keys";

export interface ClientSecretsProps {
  readonly identity: ApplicationIdentity;
  readonly names: ResourceNames;

  /** Days during which a deleted secret can be restored: 7 to 30, or 0 to delete at once. */
  readonly recoveryDays: number;
}

/** The empty secrets of one application identity: for Kafka and Schema Registry, for Java and Python. */
export class ClientSecrets extends Construct {
  readonly kafkaJava: Secret<ReturnType<typeof kafkaJavaDocument>>;
  readonly kafkaPython: Secret<ReturnType<typeof kafkaPythonDocument>>;
  readonly schemaRegistry: readonly Secret<ReturnType<typeof schemaRegistryDocument>>[];

  constructor(scope: Construct, id: string, props: ClientSecretsProps) {
    super(scope, id);
    const { identity, ...common } = props;
    this.kafkaJava = new Secret(this, "KafkaJava", {
      ...common,
      document: kafkaJavaDocument(identity),
    });
    this.kafkaPython = new Secret(this, "KafkaPython", {
      ...common,
      document: kafkaPythonDocument(identity),
    });
    this.schemaRegistry = [
      new Secret(this, "SchemaRegistryJava", {
        ...common,
        document: schemaRegistryDocument(identity, "java_client"),
      }),
      new Secret(this, "SchemaRegistryPython", {
        ...common,
        document: schemaRegistryDocument(identity, "python_client"),
      }),
    ];
  }
}

export interface PublishedClientCredentialsProps extends StreamsKeysProps {
  readonly secrets: ClientSecrets;
}

/** A Kafka and a Schema Registry key of one application identity, published for its clients. */
export class PublishedClientCredentials extends Construct {
  readonly values: readonly SecretValue[];

  constructor(scope: Construct, id: string, props: PublishedClientCredentialsProps) {
    super(scope, id);
    const { secrets, cluster, registry } = props;
    const { kafka, schemas } = streamsKeys(this, props);
    const servers = { "bootstrap.servers": cluster.bootstrapServers };
    this.values = [
      new SecretValue(this, "KafkaJava", {
        secret: secrets.kafkaJava,
        publicFields: servers,
        secretFields: { "sasl.jaas.config": plainLogin(kafka) },
        keyIds: [kafka.key],
      }),
      new SecretValue(this, "KafkaPython", {
        secret: secrets.kafkaPython,
        publicFields: { ...servers, "sasl.username": kafka.key },
        secretFields: { "sasl.password": kafka.secret },
        keyIds: [kafka.key],
      }),
      ...secrets.schemaRegistry.map(
        (secret) =>
          new SecretValue(this, secret.node.id, {
            secret,
            publicFields: {
              "schema.registry.url": registry.restEndpoint,
              "schema.registry.basic.auth.credentials.source": "USER_INFO",
            },
            secretFields: {
              "schema.registry.basic.auth.user.info": `${schemas.key}:${schemas.secret}`,
            },
            keyIds: [schemas.key],
          }),
      ),
    ];
  }
}

/**
 * A login with a key in the syntax of the Java Authentication and Authorization Service.
 *
 * @see https://kafka.apache.org/documentation/#security_sasl_plain_clientconfig
 */
function plainLogin({ key, secret }: RotatingApiKey): string {
  const login = hcl(
    String.raw`"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"`,
  );
  return Token.asString(Fn.format(login, [escaped(key), escaped(secret)]));
}

/** Text between quotation marks as JAAS reads it: with a backslash before each quotation mark and backslash. */
function escaped(text: string): string {
  const backslashes = Fn.replace(text, hcl(String.raw`"\\"`), hcl(String.raw`"\\\\"`));
  return Fn.replace(backslashes, hcl(String.raw`"\""`), hcl(String.raw`"\\\""`));
}

/** A literal as Terraform reads it. CDKTF does not escape quotation marks in the arguments of a function. */
function hcl(literal: string): string {
  return Token.asString(ref(literal));
}
