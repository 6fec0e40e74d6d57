import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

import { EphemeralSecret } from "../aws/ephemeral-secret";
import { SecretValue, type Secret } from "../aws/secret";
import { ApiKey } from "../confluent/api-key";
import type { FlinkAccess } from "../confluent/flink-access";
import type { FlinkComputePool } from "../confluent/flink-compute-pool";
import type { FlinkPrincipal } from "../confluent/flink-principal";
import type { FlinkRegion } from "../confluent/flink-region";
import type { Organization } from "../confluent/organization";

/** Names of the secret's JSON fields, shared by the one who writes and the ones who read. */
const FIELD = {
  environmentId: "environment.id",
  principalId: "flink.principal.id",
  key: "flink.api.key",
  secret: "flink.api.secret",
} as const;

/** What both sides of the credential must agree on. */
export interface FlinkCredentialProps {
  readonly secret: Secret;
  readonly region: FlinkRegion;
  readonly principal: FlinkPrincipal;
  readonly pool: FlinkComputePool;
}

/** A Flink key of the principal that statements run as, published in a secret. */
export class PublishedFlinkCredential extends Construct {
  constructor(scope: Construct, id: string, props: FlinkCredentialProps) {
    super(scope, id);
    const { environment } = props.pool;
    const key = new ApiKey(this, "Key", {
      displayName: `${props.principal.account.displayName}-flink`,
      owner: props.principal.account,
      opens: props.region.toManagedResource(environment),
    });
    new SecretValue(this, "Value", {
      secret: props.secret,
      publicFields: {
        [FIELD.environmentId]: environment.environmentId,
        [FIELD.principalId]: props.principal.account.serviceAccountId,
        [FIELD.key]: key.key,
      },
      secretFields: { [FIELD.secret]: key.secret },
    });
  }
}

export interface PrincipalFlinkAccessProps extends FlinkCredentialProps {
  readonly organization: Organization;
}

/** The provider alias of one principal in one compute pool. The provider wants all seven Flink arguments or none. */
export class PrincipalFlinkAccess extends Construct implements FlinkAccess {
  readonly provider: TerraformProvider;
  readonly principalName: string;
  readonly poolName: string;

  constructor(scope: Construct, id: string, props: PrincipalFlinkAccessProps) {
    super(scope, id);
    const { environment } = props.pool;
    this.principalName = props.principal.account.displayName;
    this.poolName = props.pool.displayName;
    const secret = new EphemeralSecret(this, "Credential", {
      secret: props.secret,
      expect: {
        [FIELD.environmentId]: environment.environmentId,
        [FIELD.principalId]: props.principal.account.serviceAccountId,
      },
    });
    this.provider = new ConfluentProvider(this, "Provider", {
      alias: `flink-${props.principal.node.id}-${props.pool.node.id}`,
      organizationId: props.organization.organizationId,
      environmentId: environment.environmentId,
      flinkComputePoolId: props.pool.computePoolId,
      flinkPrincipalId: props.principal.account.serviceAccountId,
      flinkRestEndpoint: props.region.restEndpoint,
      flinkApiKey: secret.field(FIELD.key),
      flinkApiSecret: secret.field(FIELD.secret),
    });
  }
}
