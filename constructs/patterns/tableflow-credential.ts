import { Construct } from "constructs";

import { SecretValue, type Secret } from "../aws/secret";
import type { Environment } from "../confluent/environment";
import type { KafkaCluster } from "../confluent/kafka-cluster";
import { RotatingApiKey } from "../confluent/rotating-api-key";
import type { ServiceAccount } from "../confluent/service-account";
import { tableflowOf } from "../confluent/tableflow";
import type { KeyRotation } from "../core/key-rotation";
import type { tableflowDocument } from "./secret-documents";

export interface PublishedTableflowCredentialProps {
  readonly secret: Secret<typeof tableflowDocument>;
  readonly rotation: KeyRotation;
  readonly owner: ServiceAccount;
  readonly environment: Environment;
  readonly cluster: KafkaCluster;
}

/** A Tableflow key of one owner, published in a secret. */
export class PublishedTableflowCredential extends Construct {
  readonly values: readonly SecretValue[];

  constructor(scope: Construct, id: string, props: PublishedTableflowCredentialProps) {
    super(scope, id);
    const key = new RotatingApiKey(this, "Key", {
      rotation: props.rotation,
      owner: props.owner,
      opens: tableflowOf(props.environment),
    });
    const value = new SecretValue(this, "Value", {
      secret: props.secret,
      publicFields: {
        "tableflow.api.key": key.key,
        "environment.id": props.environment.environmentId,
        "kafka.cluster.id": props.cluster.kafkaClusterId,
      },
      secretFields: { "tableflow.api.secret": key.secret },
      keyIds: [key.key],
    });
    this.values = [value];
  }
}
