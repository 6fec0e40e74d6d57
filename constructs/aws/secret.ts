import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, Token, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import type { ResourceNames } from "../core/naming";
import { validate } from "../core/validation";
import type { PublicFieldOf, SecretDocument, SecretFieldOf } from "./secret-document";

/** What Secrets Manager takes: 0 deletes at once, and 7 to 30 days can be waited. */
const RECOVERY_DAYS = new Set([0, ...Array.from({ length: 24 }, (_, index) => index + 7)]);

export interface SecretProps<Document extends SecretDocument> {
  readonly document: Document;

  /** Names of the system and environment that the secret is in. */
  readonly names: ResourceNames;

  /** Days during which a deleted secret can be restored: 7 to 30, or 0 to delete at once. */
  readonly recoveryDays: number;
}

/** An empty secret in Secrets Manager. Others refer to its ARN; its value is written by a {@link SecretValue}. */
export class Secret<Document extends SecretDocument = SecretDocument> extends Construct {
  readonly document: Document;
  readonly secretArn: string;

  constructor(scope: Construct, id: string, props: SecretProps<Document>) {
    super(scope, id);
    validate(this, [
      [
        !RECOVERY_DAYS.has(props.recoveryDays),
        `recoveryDays must be 0 or a whole number from 7 to 30, got ${props.recoveryDays}`,
      ],
    ]);
    const resource = new SecretsmanagerSecret(this, "Resource", {
      name: props.names.path(...props.document.path),
      description: props.document.description,
      recoveryWindowInDays: props.recoveryDays,
    });
    this.document = props.document;
    this.secretArn = resource.arn;
  }
}

export interface SecretValueProps<Document extends SecretDocument> {
  readonly secret: Secret<Document>;

  /** All public fields of the document. The secret is written again when one of them changes. */
  readonly publicFields: Readonly<Record<PublicFieldOf<Document>, string>>;

  /** All secret fields of the document. */
  readonly secretFields: Readonly<Record<SecretFieldOf<Document>, string>>;

  /**
   * Ids of the keys that the secret fields hold. Terraform cannot compare what it does not keep: a key that no public
   * field names would be replaced without the secret being written again.
   */
  readonly keyIds: readonly [string, ...string[]];
}

/**
 * The JSON value of a secret, written without a copy in plan or state. Its version is a hash of the public fields and
 * key ids: a new key has a new id, for whatever reason it is new.
 */
export class SecretValue<Document extends SecretDocument = SecretDocument> extends Construct {
  /** What must wait until the value is written: nothing refers to it. */
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: SecretValueProps<Document>) {
    super(scope, id);
    this.dependable = new SecretsmanagerSecretVersion(this, "Resource", {
      secretId: props.secret.secretArn,
      secretStringWo: Fn.jsonencode({ ...props.publicFields, ...props.secretFields }),
      secretStringWoVersion: versionOf([props.publicFields, ...props.keyIds]),
      // The new value is current before the old one goes, so a reader never meets an empty secret.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** Thirteen hexadecimal digits of a hash: the most that fit into a number exactly. */
function versionOf(content: unknown): number {
  return Token.asNumber(Fn.parseint(Fn.substr(Fn.sha256(Fn.jsonencode(content)), 0, 13), 16));
}
