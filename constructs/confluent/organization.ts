import { DataConfluentOrganization } from "@cdktf/provider-confluent/lib/data-confluent-organization";
import { Construct } from "constructs";

import type { Environment } from "./environment";
import type { ServiceAccount } from "./service-account";

export interface OrganizationProps {
  /** Any environment of the organization: without one, the organization cannot be looked up. */
  readonly environment: Environment;
}

/** The Confluent organization that the credentials belong to; it is looked up, never created. */
export class Organization extends Construct {
  readonly organizationId: string;

  private readonly data: DataConfluentOrganization;

  constructor(scope: Construct, id: string, props: OrganizationProps) {
    super(scope, id);
    this.data = new DataConfluentOrganization(this, "Resource", {
      // The provider finds the organization through its first environment, and no argument refers to one.
      dependsOn: [props.environment.dependable],
    });
    this.organizationId = this.data.id;
  }

  /** CRN of one of the organization's service accounts, for a role binding about the account itself. */
  crnOf(account: ServiceAccount): string {
    return `${this.data.resourceName}/service-account=${account.serviceAccountId}`;
  }
}
