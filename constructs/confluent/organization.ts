import { DataConfluentOrganization } from "@cdktf/provider-confluent/lib/data-confluent-organization";
import { Construct } from "constructs";

import type { Environment } from "./environment";

export interface OrganizationProps {
  /** Any environment of the organization: without one, the organization cannot be looked up. */
  readonly environment: Environment;
}

/** The Confluent organization that the credentials belong to; it is looked up, never created. */
export class Organization extends Construct {
  readonly organizationId: string;

  constructor(scope: Construct, id: string, props: OrganizationProps) {
    super(scope, id);
    const data = new DataConfluentOrganization(this, "Resource", {
      // The provider finds the organization through its first environment, and no argument refers to one.
      dependsOn: [props.environment.dependable],
    });
    this.organizationId = data.id;
  }
}
