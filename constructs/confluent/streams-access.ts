import type { TerraformProvider } from "cdktf";

import type { KafkaCluster } from "./kafka-cluster";
import type { SchemaRegistry } from "./schema-registry";

/**
 * A way to manage topics and schemas: a provider alias that is bound to one cluster and its registry. With keys in the
 * provider block a topic names no cluster, so it takes all three together.
 */
export interface StreamsAccess {
  readonly provider: TerraformProvider;
  readonly cluster: KafkaCluster;
  readonly registry: SchemaRegistry;
}
