/** One permission, in IAM's words. */
export interface PolicyStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];

  /** @default - none: the policy belongs to the resource itself */
  readonly Resource?: string | readonly string[];

  /** Who may, where the policy belongs to the resource. @default - whoever has the policy */
  readonly Principal?: { readonly Service: string };

  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A policy as IAM takes it. */
export function policyDocument(...statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
