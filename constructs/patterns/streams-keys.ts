import type { Construct } from "constructs";

import type { KafkaCluster } from "../confluent/kafka-cluster";
import { RotatingApiKey } from "../confluent/rotating-api-key";
import type { SchemaRegistry } from "../confluent/schema-registry";
import type { ServiceAccount } from "../confluent/service-account";
import type { KeyRotation } from "../core/key-rotation";

export interface StreamsKeysProps {
  readonly owner: ServiceAccount;
  readonly rotation: KeyRotation;
  readonly cluster: KafkaCluster;
  readonly registry: SchemaRegistry;
}

/** The two keys of who works with records: one opens the cluster, one its registry. */
export interface StreamsKeys {
  readonly kafka: RotatingApiKey;
  readonly schemas: RotatingApiKey;
}

/** Declares both keys of one owner under `scope`. */
export function streamsKeys(scope: Construct, props: StreamsKeysProps): StreamsKeys {
  const { owner, rotation, cluster, registry } = props;
  return {
    kafka: new RotatingApiKey(scope, "KafkaKey", {
      rotation,
      owner,
      opens: cluster.toManagedResource(),
    }),
    schemas: new RotatingApiKey(scope, "SchemaRegistryKey", {
      rotation,
      owner,
      opens: registry.toManagedResource(),
    }),
  };
}
