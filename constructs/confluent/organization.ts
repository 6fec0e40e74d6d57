import { DataConfluentOrganization } from "@cdktf/provider-confluent/lib/data-confluent-organization";
import { Construct } from "constructs";

/** The Confluent organization that the credentials belong to. */
export class Organization extends Construct {
  readonly organizationId: string;

  /** CRN of the organization. */
  readonly resourceName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const data = new DataConfluentOrganization(this, "Resource", {});
    this.organizationId = data.id;
    this.resourceName = data.resourceName;
  }
}
