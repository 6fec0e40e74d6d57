import { Environment as EnvironmentResource } from "@cdktf/provider-confluent/lib/environment";
import { Construct } from "constructs";

import { protectedLifecycle, type DataProtection } from "../core/data-protection";

export interface EnvironmentProps {
  /** Shown in Confluent Cloud; Flink uses it as the catalog's name. */
  readonly displayName: string;

  /** Feature set of the Schema Registry that comes with the environment's first cluster. */
  readonly governancePackage: "ESSENTIALS" | "ADVANCED";

  /** @default - protected */
  readonly protection?: DataProtection;
}

/** The Confluent environment that everything else lives in. @stateful */
export class Environment extends Construct {
  readonly environmentId: string;
  readonly displayName: string;

  /** CRN of the environment. */
  readonly resourceName: string;

  private readonly resource: EnvironmentResource;

  constructor(scope: Construct, id: string, props: EnvironmentProps) {
    super(scope, id);
    this.resource = new EnvironmentResource(this, "Resource", {
      displayName: props.displayName,
      streamGovernance: { package: props.governancePackage },
      lifecycle: protectedLifecycle(this, props.protection),
    });
    this.environmentId = this.resource.id;
    this.displayName = props.displayName;
    this.resourceName = this.resource.resourceName;
  }

  /** What Terraform must create before anything that Confluent finds through the environment. */
  get dependable(): EnvironmentResource {
    return this.resource;
  }
}
