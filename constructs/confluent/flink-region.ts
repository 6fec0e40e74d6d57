import { DataConfluentFlinkRegion } from "@cdktf/provider-confluent/lib/data-confluent-flink-region";
import { Construct } from "constructs";

import type { Environment } from "./environment";
import type { ManagedResource } from "./managed-resource";

export interface FlinkRegionProps {
  /** AWS region. */
  readonly region: string;
}

/** Flink in one AWS region: its REST endpoint, and what a Flink API key opens. */
export class FlinkRegion extends Construct {
  readonly cloud = "AWS";

  /** AWS region. */
  readonly region: string;

  readonly restEndpoint: string;

  private readonly data: DataConfluentFlinkRegion;

  constructor(scope: Construct, id: string, props: FlinkRegionProps) {
    super(scope, id);
    this.data = new DataConfluentFlinkRegion(this, "Resource", {
      cloud: this.cloud,
      region: props.region,
    });
    this.region = props.region;
    this.restEndpoint = this.data.restEndpoint;
  }

  /** The region as what an API key opens: such a key works in one environment only. */
  toManagedResource(environment: Environment): ManagedResource {
    return {
      service: "flink",
      id: this.data.id,
      apiVersion: this.data.apiVersion,
      kind: this.data.kind,
      environmentId: environment.environmentId,
    };
  }
}
