import type { Construct } from "constructs";

/** Who receives roles, and where their bindings are declared. */
export interface Grantee {
  /** The identity as a role binding names it, such as `User:sa-123456`. */
  readonly principal: string;

  /**
   * The scope of the bindings, and so the stack that creates and removes them. A binding belongs to what needs it: it
   * is there before, and goes after it.
   */
  readonly bindings: Construct;
}
