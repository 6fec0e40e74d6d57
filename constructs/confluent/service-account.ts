import { ServiceAccount as ServiceAccountResource } from "@cdktf/provider-confluent/lib/service-account";
import { Construct } from "constructs";

import type { Grantee } from "./grantee";

/** An identity as Confluent names the owner of an API key. */
export interface ApiKeyOwner {
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
}

export interface ServiceAccountProps {
  /** Unique in the organization. */
  readonly displayName: string;

  /** What the account is for, in a sentence. */
  readonly description: string;
}

/** An identity in Confluent Cloud. It may nothing until it is granted something. */
export class ServiceAccount extends Construct implements Grantee {
  readonly serviceAccountId: string;
  readonly displayName: string;

  /** The account as a role binding names it: one string, so that bindings of one account can be told from others. */
  readonly principal: string;

  private readonly resource: ServiceAccountResource;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    this.resource = new ServiceAccountResource(this, "Resource", {
      displayName: props.displayName,
      description: props.description,
    });
    this.serviceAccountId = this.resource.id;
    this.displayName = props.displayName;
    this.principal = `User:${this.resource.id}`;
  }

  /** Bindings belong to the account itself, unless {@link within} says otherwise. */
  get bindings(): Construct {
    return this;
  }

  /** The account as a grantee whose bindings are declared under `scope`: with what needs them, in its stack. */
  within(scope: Construct): Grantee {
    return { principal: this.principal, bindings: scope };
  }

  /** The account as the owner of an API key. */
  toKeyOwner(): ApiKeyOwner {
    return {
      id: this.resource.id,
      apiVersion: this.resource.apiVersion,
      kind: this.resource.kind,
    };
  }
}
