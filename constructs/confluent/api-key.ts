import { ApiKey as ApiKeyResource } from "@cdktf/provider-confluent/lib/api-key";
import { Construct } from "constructs";

import type { ServiceAccount } from "./service-account";

/** What a key opens: a Kafka cluster, a Schema Registry, or Flink in a region. */
export interface ManagedResource {
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly environmentId: string;
}

export interface ApiKeyProps {
  readonly displayName: string;
  readonly owner: ServiceAccount;
  readonly opens: ManagedResource;
}

/**
 * A key of a service account. Its secret is always in the state of the stack that owns it, which is why only
 * `streaming-credentials` has any.
 */
export class ApiKey extends Construct {
  readonly key: string;

  /** Sensitive. May go into a write-only argument of the same stack and nowhere else. */
  readonly secret: string;

  constructor(scope: Construct, id: string, props: ApiKeyProps) {
    super(scope, id);
    const { environmentId, ...managed } = props.opens;
    const resource = new ApiKeyResource(this, "Resource", {
      displayName: props.displayName,
      description: `${props.displayName}, managed by Terraform`,
      owner: props.owner.toKeyOwner(),
      managedResource: { ...managed, environment: [{ id: environmentId }] },
    });
    this.key = resource.id;
    this.secret = resource.secret;
  }
}
