import { ApiKey } from "@cdktf/provider-confluent/lib/api-key";
import { propertyAccess, Token, type IResolvable } from "cdktf";
import { Construct } from "constructs";

import type { KeyRotation } from "../core/key-rotation";
import type { ManagedResource } from "./managed-resource";
import type { ServiceAccount } from "./service-account";

export interface RotatingApiKeyProps {
  readonly rotation: KeyRotation;
  readonly owner: ServiceAccount;
  readonly opens: ManagedResource;
}

/**
 * A service account's key, of which each living generation of the rotation has one. Their secrets are always in the
 * state of the stack that owns them, which is why only `streaming-credentials` has any.
 */
export class RotatingApiKey extends Construct {
  /** Id of the newest key. */
  readonly key: string;

  /** The newest key's secret. Sensitive: may go into a write-only argument of the same stack and nowhere else. */
  readonly secret: string;

  constructor(scope: Construct, id: string, { rotation, owner, opens }: RotatingApiKeyProps) {
    super(scope, id);
    const { service, environmentId, ...managed } = opens;
    const { generations } = rotation;
    const displayName = `${owner.displayName}-${service}-${generations.key}`;
    const resource = new ApiKey(this, "Resource", {
      forEach: generations,
      displayName,
      description: `${displayName}, managed by Terraform`,
      owner: owner.toKeyOwner(),
      managedResource: { ...managed, environment: [{ id: environmentId }] },
    });
    const newest = (attribute: string): IResolvable =>
      propertyAccess(resource.fqn, [rotation.newest, attribute]);
    this.key = Token.asString(newest("id"));
    this.secret = Token.asString(newest("secret"));
  }
}
