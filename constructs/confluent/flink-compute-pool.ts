import { FlinkComputePool as FlinkComputePoolResource } from "@cdktf/provider-confluent/lib/flink-compute-pool";
import { Construct } from "constructs";

import type { Environment } from "./environment";

export interface FlinkComputePoolProps {
  readonly environment: Environment;
  readonly displayName: string;

  /** AWS region. */
  readonly region: string;

  /** Ceiling of what the pool's statements may use together: a budget, not a reservation. */
  readonly maxCfu: 5 | 10 | 20 | 30 | 40 | 50;
}

/** Where Flink statements run. */
export class FlinkComputePool extends Construct {
  readonly computePoolId: string;
  readonly displayName: string;

  /** AWS region. */
  readonly region: string;

  readonly environment: Environment;

  constructor(scope: Construct, id: string, props: FlinkComputePoolProps) {
    super(scope, id);
    const resource = new FlinkComputePoolResource(this, "Resource", {
      displayName: props.displayName,
      cloud: "AWS",
      region: props.region,
      maxCfu: props.maxCfu,
      environment: { id: props.environment.environmentId },
    });
    this.computePoolId = resource.id;
    this.displayName = props.displayName;
    this.region = props.region;
    this.environment = props.environment;
  }
}
