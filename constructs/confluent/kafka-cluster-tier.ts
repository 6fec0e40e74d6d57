import type { KafkaClusterConfig } from "@cdktf/provider-confluent/lib/kafka-cluster";

import { InvalidValueError } from "../core/errors";
import type { Rule } from "../core/validation";

type TierConfig = Pick<
  KafkaClusterConfig,
  "basic" | "standard" | "enterprise" | "freight" | "dedicated"
>;

/** The tiers by Confluent's names. */
export type KafkaClusterTierName = "basic" | "standard" | "enterprise" | "freight" | "dedicated";

/** `LOW` is one zone, `HIGH` several. */
export type Availability = "LOW" | "HIGH";

/** What a tier is made with, besides its name. */
export interface KafkaClusterTierOptions {
  /** Confluent units for Kafka: the size of a dedicated cluster, and of no other. */
  readonly cku?: number;
}

/**
 * What kind of cluster Confluent runs. The provider takes exactly one, as a block of that name.
 *
 * @see https://docs.confluent.io/cloud/current/clusters/cluster-types.html
 */
export class KafkaClusterTier {
  /** For experiments: no role bindings below the cluster, so grants on topics are refused. */
  static basic(): KafkaClusterTier {
    return new KafkaClusterTier("basic", { basic: [{}] });
  }

  static standard(): KafkaClusterTier {
    return new KafkaClusterTier("standard", { standard: [{}] });
  }

  /** Private networking and several zones only. */
  static enterprise(): KafkaClusterTier {
    return new KafkaClusterTier("enterprise", { enterprise: [{}] });
  }

  /** Much throughput at low cost and higher latency; private networking and several zones only. */
  static freight(): KafkaClusterTier {
    return new KafkaClusterTier("freight", { freight: [{}] });
  }

  /**
   * Brokers of its own, in a size that can be changed.
   *
   * @param cku at least 1, and at least 2 in several zones
   * @throws InvalidValueError when it is no such number
   */
  static dedicated(cku: number): KafkaClusterTier {
    if (!Number.isSafeInteger(cku) || cku < 1) {
      throw new InvalidValueError(
        `cku of a dedicated cluster must be a whole number of at least 1, got ${cku}`,
      );
    }
    return new KafkaClusterTier("dedicated", { dedicated: { cku } });
  }

  /**
   * The tier that a configuration names.
   *
   * @throws InvalidValueError when a dedicated cluster has no size, or another has one
   */
  static of(name: KafkaClusterTierName, { cku }: KafkaClusterTierOptions = {}): KafkaClusterTier {
    if (name === "dedicated") {
      return KafkaClusterTier.dedicated(cku ?? Number.NaN);
    }
    if (cku !== undefined) {
      throw new InvalidValueError(
        `cku must be left out of a ${name} cluster, which has no size, got ${cku}`,
      );
    }
    return KafkaClusterTier[name]();
  }

  private constructor(
    readonly name: KafkaClusterTierName,
    private readonly config: TierConfig,
  ) {}

  /** Whether role bindings on topics, groups and transactional ids exist. */
  get supportsResourceGrants(): boolean {
    return this.name !== "basic";
  }

  /** What the tier demands of a cluster's availability. */
  availabilityRules(availability: Availability): readonly Rule[] {
    const cku = this.config.dedicated?.cku ?? Infinity;
    return [
      [
        (this.name === "enterprise" || this.name === "freight") && availability !== "HIGH",
        `availability of a cluster of the tier ${this.name} must be HIGH, got ${availability}`,
      ],
      [
        availability === "HIGH" && cku < 2,
        `cku of a dedicated cluster with availability HIGH must be at least 2, got ${cku}`,
      ],
    ];
  }

  toClusterConfig(): TierConfig {
    return this.config;
  }
}
