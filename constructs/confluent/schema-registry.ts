import { DataConfluentSchemaRegistryCluster } from "@cdktf/provider-confluent/lib/data-confluent-schema-registry-cluster";
import { Construct } from "constructs";

import type { Environment } from "./environment";
import type { KafkaCluster } from "./kafka-cluster";
import type { ManagedResource } from "./managed-resource";

export interface SchemaRegistryProps {
  readonly environment: Environment;

  /** Any cluster of the environment: the registry comes with the first one. */
  readonly cluster: KafkaCluster;
}

/** The Schema Registry that Confluent makes with an environment's first cluster; it is looked up, never created. */
export class SchemaRegistry extends Construct {
  readonly schemaRegistryId: string;
  readonly restEndpoint: string;

  private readonly crn: string;
  private readonly environment: Environment;
  private readonly data: DataConfluentSchemaRegistryCluster;

  constructor(scope: Construct, id: string, props: SchemaRegistryProps) {
    super(scope, id);
    this.data = new DataConfluentSchemaRegistryCluster(this, "Resource", {
      environment: { id: props.environment.environmentId },
      // The registry appears with the first cluster, and nothing in the API refers from one to the other.
      dependsOn: [props.cluster.dependable],
    });
    this.environment = props.environment;
    this.schemaRegistryId = this.data.id;
    this.restEndpoint = this.data.restEndpoint;
    this.crn = this.data.resourceName;
  }

  /** CRN pattern of a subject, for a role binding; `subject` may end with `*`. */
  crnOf(subject: string): string {
    return `${this.crn}/subject=${subject}`;
  }

  /** The registry as what an API key opens. */
  toManagedResource(): ManagedResource {
    return {
      service: "schema-registry",
      id: this.data.id,
      apiVersion: this.data.apiVersion,
      kind: this.data.kind,
      environmentId: this.environment.environmentId,
    };
  }
}
