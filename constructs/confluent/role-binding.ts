import { RoleBinding as RoleBindingResource } from "@cdktf/provider-confluent/lib/role-binding";
import { TerraformStack, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { validate } from "../core/validation";
import type { Grantee } from "./grantee";

/** Roles that the system uses, in Confluent's words. None of them administers an environment or organization. */
export type Role =
  | "Assigner"
  | "DeveloperManage"
  | "DeveloperRead"
  | "DeveloperWrite"
  | "FlinkDeveloper"
  | "ResourceOwner";

export interface RoleBindingProps {
  readonly role: Role;

  /** What the role is on. May end with `*`. */
  readonly crnPattern: string;
}

/** Each stack's bindings by what they say: to search the tree for every grant would make many tables slow. */
const bindingsOf = new WeakMap<TerraformStack, Map<string, RoleBinding>>();

/** One role of one identity. */
export class RoleBinding extends Construct {
  /**
   * The stack's binding of a role, made unless the stack has it: Confluent refuses a second one, and who reads a table
   * and writes it as well needs its schema in both capacities.
   *
   * @throws ValidationError when `id` is taken by another identity: each has a scope of its own
   */
  static once(grantee: Grantee, id: string, props: RoleBindingProps): RoleBinding {
    const existing = bindingsIn(grantee).get(contentOf(grantee, props));
    if (existing !== undefined) {
      return existing;
    }
    validate(grantee.bindings, [
      [
        grantee.bindings.node.tryFindChild(id) !== undefined,
        `bindings of one identity must have a scope of their own: pass another to within(), got a second ${JSON.stringify(id)}`,
      ],
    ]);
    return new RoleBinding(grantee, id, props);
  }

  /** What must wait for the role: nothing that uses it refers to it. */
  readonly dependable: ITerraformDependable;

  constructor(grantee: Grantee, id: string, props: RoleBindingProps) {
    super(grantee.bindings, id);
    this.dependable = new RoleBindingResource(this, "Resource", {
      principal: grantee.principal,
      roleName: props.role,
      crnPattern: props.crnPattern,
    });
    bindingsIn(grantee).set(contentOf(grantee, props), this);
  }
}

function bindingsIn({ bindings }: Grantee): Map<string, RoleBinding> {
  const stack = TerraformStack.of(bindings);
  const known = bindingsOf.get(stack) ?? new Map<string, RoleBinding>();
  bindingsOf.set(stack, known);
  return known;
}

function contentOf({ principal }: Grantee, { role, crnPattern }: RoleBindingProps): string {
  return JSON.stringify([principal, role, crnPattern]);
}
