import { Fn, Op, propertyAccess, ref, TerraformElement, Token, type IResolvable } from "cdktf";
import type { Construct } from "constructs";

import type { Secret } from "./secret";

const TYPE = "aws_secretsmanager_secret_version";

export interface EphemeralSecretProps {
  readonly secret: Secret;

  /**
   * Public fields that must hold a known value, or the plan stops: with its key in the provider block a resource is
   * not bound to a cluster in state, so a secret of another cluster would go unnoticed.
   *
   * @default - nothing is checked
   */
  readonly expect?: Readonly<Record<string, string>>;
}

/**
 * A JSON secret that Terraform reads at plan and again at apply, and keeps in neither plan nor state. The secret is
 * named by ARN, a reference: while that is unknown Terraform defers the read, so the first plan works.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/ephemeral
 */
export class EphemeralSecret extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EphemeralSecretProps,
  ) {
    super(scope, id, `ephemeral.${TYPE}`);
  }

  /** The value of one field, to be used where Terraform takes ephemeral values: in provider blocks. */
  field(name: string): string {
    return propertyAccess(fieldsOf(this.address), [name]).toString();
  }

  override toTerraform(): object {
    return {
      ephemeral: {
        [TYPE]: {
          [this.friendlyUniqueId]: {
            secret_id: this.props.secret.secretArn,
            lifecycle: { postcondition: this.postconditions() },
          },
        },
      },
    };
  }

  private get address(): string {
    return `ephemeral.${TYPE}.${this.friendlyUniqueId}`;
  }

  private postconditions(): object[] {
    return Object.entries(this.props.expect ?? {}).map(([field, value]) => ({
      condition: Op.eq(propertyAccess(fieldsOf("self"), [field]), value),
      error_message: `The secret's ${field} is not that of this environment. Deploy streaming-credentials, or look who else wrote the secret.`,
    }));
  }
}

/** The decoded JSON of the secret version at a Terraform address. */
function fieldsOf(address: string): IResolvable {
  return Fn.jsondecode(Token.asString(ref(`${address}.secret_string`))) as IResolvable;
}
