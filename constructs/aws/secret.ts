import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";

import { validate } from "../core/validation";

/** What Secrets Manager takes: 0 deletes at once, and 7 to 30 days can be waited. */
const RECOVERY_DAYS = new Set([0, ...Array.from({ length: 24 }, (_, index) => index + 7)]);

export interface SecretProps {
  readonly secretName: string;
  readonly description: string;

  /** Days during which a deleted secret can be restored: 7 to 30, or 0 to delete at once. */
  readonly recoveryDays: number;
}

/** An empty secret in Secrets Manager. Others refer to its ARN; its value is written by a {@link SecretValue}. */
export class Secret extends Construct {
  readonly secretArn: string;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    validate(this, [
      [
        !RECOVERY_DAYS.has(props.recoveryDays),
        `recoveryDays must be 0 or a whole number from 7 to 30, got ${props.recoveryDays}`,
      ],
    ]);
    const resource = new SecretsmanagerSecret(this, "Resource", {
      name: props.secretName,
      description: props.description,
      recoveryWindowInDays: props.recoveryDays,
    });
    this.secretArn = resource.arn;
  }
}

export interface SecretValueProps {
  readonly secret: Secret;

  /** Fields that may be seen: ids, endpoints, user names. Their hash decides when the secret is written again. */
  readonly publicFields: Readonly<Record<string, string>>;

  /** Fields that may not. */
  readonly secretFields: Readonly<Record<string, string>>;
}

/**
 * The JSON value of a secret, written without a copy in plan or state. Terraform cannot compare what it does not
 * keep, so the version is a hash of the public fields: a new key has a new id, hence a new version.
 */
export class SecretValue extends Construct {
  constructor(scope: Construct, id: string, props: SecretValueProps) {
    super(scope, id);
    new SecretsmanagerSecretVersion(this, "Resource", {
      secretId: props.secret.secretArn,
      secretStringWo: Fn.jsonencode({ ...props.publicFields, ...props.secretFields }),
      secretStringWoVersion: versionOf(props.publicFields),
      // The new value is current before the old one goes, so a reader never meets an empty secret.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** Thirteen hexadecimal digits of a hash: the most that fit into a number exactly. */
function versionOf(fields: Readonly<Record<string, string>>): number {
  return Token.asNumber(Fn.parseint(Fn.substr(Fn.sha256(Fn.jsonencode(fields)), 0, 13), 16));
}
