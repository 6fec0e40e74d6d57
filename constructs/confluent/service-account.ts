import { ServiceAccount as ServiceAccountResource } from "@cdktf/provider-confluent/lib/service-account";
import { Construct } from "constructs";

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
export class ServiceAccount extends Construct {
  readonly serviceAccountId: string;
  readonly displayName: string;

  private readonly resource: ServiceAccountResource;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    this.resource = new ServiceAccountResource(this, "Resource", {
      displayName: props.displayName,
      description: props.description,
    });
    this.serviceAccountId = this.resource.id;
    this.displayName = props.displayName;
  }

  /** The account as a role binding names it. */
  get principal(): string {
    return `User:${this.resource.id}`;
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
