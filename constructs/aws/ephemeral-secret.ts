import { Fn, Op, propertyAccess, ref, TerraformElement, Token, type IResolvable } from "cdktf";
import type { Construct } from "constructs";

import type { Secret } from "./secret";
import type { PublicFieldOf, SecretDocument, SecretFieldOf } from "./secret-document";

const TYPE = "aws_secretsmanager_secret_version";

export interface EphemeralSecretProps<Document extends SecretDocument> {
  readonly secret: Secret<Document>;

  /**
   * Public fields that must hold a known value, or the plan stops: with its key in the provider block a resource is
   * not bound to a cluster in state, so a secret of another cluster would go unnoticed.
   *
   * @default - nothing is checked
   */
  readonly expect?: Readonly<Partial<Record<PublicFieldOf<Document>, string>>>;
}

/**
 * A JSON secret that Terraform reads at plan and again at apply, and keeps in neither plan nor state. The secret is
 * named by ARN, a reference: while that is unknown Terraform defers the read, so the first plan works.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/ephemeral
 */
export class EphemeralSecret<
  Document extends SecretDocument = SecretDocument,
> extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EphemeralSecretProps<Document>,
  ) {
    super(scope, id, `ephemeral.${TYPE}`);
  }

  /** The value of one field, to be used where Terraform takes ephemeral values: in provider blocks. */
  field(name: PublicFieldOf<Document> | SecretFieldOf<Document>): string {
    return propertyAccess(fieldsOf(this.address), [name]).toString();
  }

  override toTerraform(): object {
    return {
      ephemeral: {
        [TYPE]: {
          [this.friendlyUniqueId]: {
            secret_id: this.props.secret.secretArn,
          },
        },
      },
      ...(this.props.expect && {
        output: { [this.friendlyUniqueId]: this.check(this.props.expect) },
      }),
    };
  }

  private get address(): string {
    return `ephemeral.${TYPE}.${this.friendlyUniqueId}`;
  }

  /**
   * An output that fails the plan. A postcondition of the ephemeral itself would be the obvious place, but a plan
   * that holds one cannot be shown as JSON: `terraform show -json` crashes.
   */
  private check(expected: object): object {
    return {
      description: "What the secret that this stack works with was made for.",
      value: expected,
      precondition: Object.entries(expected).map(([field, value]) => ({
        condition: Op.eq(propertyAccess(fieldsOf(this.address), [field]), value),
        error_message: `The secret's ${field} is not that of this environment. Deploy streaming-credentials, or look who else wrote the secret.`,
      })),
    };
  }
}

/** The decoded JSON of the secret version at a Terraform address. */
function fieldsOf(address: string): IResolvable {
  return Fn.jsondecode(Token.asString(ref(`${address}.secret_string`))) as IResolvable;
}
