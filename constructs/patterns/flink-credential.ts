import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";

import { EphemeralSecret } from "../aws/ephemeral-secret";
import { SecretValue, type Secret } from "../aws/secret";
import type { FlinkAccess, FlinkTable } from "../confluent/flink-access";
import type { FlinkComputePool } from "../confluent/flink-compute-pool";
import type { FlinkPrincipal } from "../confluent/flink-principal";
import type { FlinkRegion } from "../confluent/flink-region";
import type { Grantee } from "../confluent/grantee";
import type { Organization } from "../confluent/organization";
import type { RoleBinding } from "../confluent/role-binding";
import type { RotatingApiKey } from "../confluent/rotating-api-key";
import type { TableGrants } from "../confluent/table-grants";
import type { flinkDocument } from "./secret-documents";

/** What both sides of the credential must agree on. */
export interface FlinkCredentialProps {
  readonly secret: Secret<ReturnType<typeof flinkDocument>>;
  readonly organization: Organization;
  readonly region: FlinkRegion;

  /** Who the statements run as. */
  readonly principal: FlinkPrincipal;

  readonly pool: FlinkComputePool;
}

export interface PublishedFlinkCredentialProps extends FlinkCredentialProps {
  /** The deployer's key of Flink in the region: one for all principals that it submits for. */
  readonly key: RotatingApiKey;
}

/** Everything with which statements of one principal are submitted to one pool, published in a secret. */
export class PublishedFlinkCredential extends Construct {
  readonly values: readonly SecretValue[];

  constructor(scope: Construct, id: string, props: PublishedFlinkCredentialProps) {
    super(scope, id);
    const { key, region, pool } = props;
    const value = new SecretValue(this, "Value", {
      secret: props.secret,
      publicFields: {
        "flink.cloud": region.cloud,
        "flink.region": region.region,
        "flink.api.key": key.key,
        "organization.id": props.organization.organizationId,
        "environment.id": pool.environment.environmentId,
        "flink.compute.pool.id": pool.computePoolId,
        "flink.principal.id": props.principal.account.serviceAccountId,
      },
      secretFields: { "flink.api.secret": key.secret },
      keyIds: [key.key],
    });
    this.values = [value];
  }
}

export interface PrincipalFlinkAccessProps extends FlinkCredentialProps {
  /** Gives the principal what its statements need. */
  readonly tables: TableGrants;
}

/** The provider alias of one principal in one compute pool. The provider wants all seven Flink arguments or none. */
export class PrincipalFlinkAccess extends Construct implements FlinkAccess {
  readonly provider: TerraformProvider;
  readonly principalName: string;
  readonly poolName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrincipalFlinkAccessProps,
  ) {
    super(scope, id);
    const { environment } = props.pool;
    this.principalName = props.principal.account.displayName;
    this.poolName = props.pool.displayName;
    const secret = new EphemeralSecret(this, "Credential", {
      secret: props.secret,
      expect: {
        "environment.id": environment.environmentId,
        "flink.principal.id": props.principal.account.serviceAccountId,
      },
    });
    this.provider = new ConfluentProvider(this, "Provider", {
      alias: `flink-${props.principal.node.id}-${props.pool.node.id}`,
      organizationId: props.organization.organizationId,
      environmentId: environment.environmentId,
      flinkComputePoolId: props.pool.computePoolId,
      flinkPrincipalId: props.principal.account.serviceAccountId,
      flinkRestEndpoint: props.region.restEndpoint,
      flinkApiKey: secret.field("flink.api.key"),
      flinkApiSecret: secret.field("flink.api.secret"),
    });
  }

  grantRead(table: FlinkTable): readonly ITerraformDependable[] {
    return this.props.tables.read(table, this.grantee).map(dependableOf);
  }

  grantWrite(table: FlinkTable): readonly ITerraformDependable[] {
    return this.props.tables.write(table, this.grantee).map(dependableOf);
  }

  grantOwn(table: FlinkTable): readonly ITerraformDependable[] {
    return this.props.tables.own(table, this.grantee).map(dependableOf);
  }

  /** Under the access, not a statement: two statements may need one role, and its address stays when one goes. */
  private get grantee(): Grantee {
    return this.props.principal.account.within(this);
  }
}

function dependableOf({ dependable }: RoleBinding): ITerraformDependable {
  return dependable;
}
