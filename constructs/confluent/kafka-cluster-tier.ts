import type { KafkaClusterConfig } from "@cdktf/provider-confluent/lib/kafka-cluster";

type TierConfig = Pick<KafkaClusterConfig, "basic" | "standard" | "enterprise">;

/** What kind of cluster Confluent runs. The provider takes exactly one, as an empty block of that name. */
export class KafkaClusterTier {
  /** For experiments: no role bindings below the cluster, so grants on topics are refused. */
  static basic(): KafkaClusterTier {
    return new KafkaClusterTier("basic", false, { basic: [{}] });
  }

  static standard(): KafkaClusterTier {
    return new KafkaClusterTier("standard", true, { standard: [{}] });
  }

  /** Private networking and multi-zone only. */
  static enterprise(): KafkaClusterTier {
    return new KafkaClusterTier("enterprise", true, { enterprise: [{}] });
  }

  static of(name: "basic" | "standard" | "enterprise"): KafkaClusterTier {
    return KafkaClusterTier[name]();
  }

  private constructor(
    readonly name: string,
    /** Whether role bindings on topics, groups and transactional ids exist. */
    readonly supportsResourceGrants: boolean,
    private readonly config: TierConfig,
  ) {}

  toClusterConfig(): TierConfig {
    return this.config;
  }
}
