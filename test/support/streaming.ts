import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

import { Environment } from "../../constructs/confluent/environment";
import { KafkaCluster } from "../../constructs/confluent/kafka-cluster";
import { KafkaClusterTier } from "../../constructs/confluent/kafka-cluster-tier";
import { Organization } from "../../constructs/confluent/organization";
import { SchemaRegistry } from "../../constructs/confluent/schema-registry";
import type { StreamsAccess } from "../../constructs/confluent/streams-access";
import { TableGrants } from "../../constructs/confluent/table-grants";

export interface StreamingFixture {
  readonly environment: Environment;
  readonly cluster: KafkaCluster;
  readonly registry: SchemaRegistry;
  readonly organization: Organization;
  readonly tables: TableGrants;
}

/** An environment with a cluster and its registry, for constructs that need one. */
export function streaming(scope: Construct, tier = KafkaClusterTier.standard()): StreamingFixture {
  new ConfluentProvider(scope, "Confluent");
  const environment = new Environment(scope, "Environment", {
    displayName: "lab",
    governancePackage: "ESSENTIALS",
  });
  const cluster = new KafkaCluster(scope, "Cluster", {
    environment,
    displayName: "lab",
    tier,
    availability: ["enterprise", "freight"].includes(tier.name) ? "HIGH" : "LOW",
    region: "us-east-1",
  });
  const registry = new SchemaRegistry(scope, "Registry", { environment, cluster });
  const organization = new Organization(scope, "Organization", { environment });
  return {
    environment,
    cluster,
    registry,
    organization,
    tables: new TableGrants(cluster, registry),
  };
}

export function streamsProvider(scope: Construct): TerraformProvider {
  return new ConfluentProvider(scope, "Streams", { alias: "streams" });
}

/** A way to manage topics and schemas of a cluster of its own. */
export function streamsAccess(scope: Construct, tier?: KafkaClusterTier): StreamsAccess {
  const { cluster, registry } = streaming(scope, tier);
  return { provider: streamsProvider(scope), cluster, registry };
}
