import { KafkaCluster as KafkaClusterResource } from "@cdktf/provider-confluent/lib/kafka-cluster";
import { Fn } from "cdktf";
import { Construct } from "constructs";

import { protectedLifecycle, type DataProtection } from "../core/data-protection";
import { validate } from "../core/validation";
import type { Environment } from "./environment";
import type { Availability, KafkaClusterTier } from "./kafka-cluster-tier";
import type { ManagedResource } from "./managed-resource";

export interface KafkaClusterProps {
  readonly environment: Environment;

  /** Shown in Confluent Cloud; Flink uses it as the database's name. */
  readonly displayName: string;

  readonly tier: KafkaClusterTier;

  /** Enterprise and freight clusters are always `HIGH`. */
  readonly availability: Availability;

  /** AWS region. */
  readonly region: string;

  /** @default - protected */
  readonly protection?: DataProtection;
}

/** A Kafka cluster on AWS. @stateful */
export class KafkaCluster extends Construct {
  readonly kafkaClusterId: string;
  readonly environmentId: string;
  readonly displayName: string;
  readonly restEndpoint: string;

  /** `host:port` as Kafka clients take it: without the scheme that Confluent puts before it. */
  readonly bootstrapServers: string;

  readonly tier: KafkaClusterTier;

  private readonly crn: string;
  private readonly resource: KafkaClusterResource;

  constructor(scope: Construct, id: string, props: KafkaClusterProps) {
    super(scope, id);
    validate(this, props.tier.availabilityRules(props.availability));
    this.resource = new KafkaClusterResource(this, "Resource", {
      displayName: props.displayName,
      availability: props.availability,
      cloud: "AWS",
      region: props.region,
      environment: { id: props.environment.environmentId },
      ...props.tier.toClusterConfig(),
      lifecycle: protectedLifecycle(this, props.protection),
    });
    this.environmentId = props.environment.environmentId;
    this.tier = props.tier;
    this.displayName = props.displayName;
    this.kafkaClusterId = this.resource.id;
    this.restEndpoint = this.resource.restEndpoint;
    this.bootstrapServers = Fn.replace(this.resource.bootstrapEndpoint, "SASL_SSL://", "");
    this.crn = `${this.resource.rbacCrn}/kafka=${this.resource.id}`;
  }

  /** What Terraform must create before anything that Confluent makes together with the cluster. */
  get dependable(): KafkaClusterResource {
    return this.resource;
  }

  /**
   * CRN pattern of something in the cluster, for a role binding; `name` may end with `*`.
   * @throws ValidationError when the tier has no such bindings
   */
  crnOf(kind: "topic" | "group" | "transactional-id", name: string): string {
    validate(this, [
      [
        !this.tier.supportsResourceGrants,
        `a ${this.tier.name} cluster has no role bindings on topics, groups and transactional ids, got a grant on ${kind} ${JSON.stringify(name)}; use KafkaClusterTier.standard() or above`,
      ],
    ]);
    return `${this.crn}/${kind}=${name}`;
  }

  /** The cluster as what an API key opens. */
  toManagedResource(): ManagedResource {
    return {
      service: "kafka",
      id: this.resource.id,
      apiVersion: this.resource.apiVersion,
      kind: this.resource.kind,
      environmentId: this.environmentId,
    };
  }
}
