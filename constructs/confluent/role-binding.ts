import { RoleBinding as RoleBindingResource } from "@cdktf/provider-confluent/lib/role-binding";
import { Construct } from "constructs";

import type { ServiceAccount } from "./service-account";

/** Roles that the system uses, in Confluent's words. None of them administers an environment or organization. */
export type Role = "DeveloperManage" | "DeveloperRead" | "DeveloperWrite" | "FlinkDeveloper";

export interface RoleBindingProps {
  readonly role: Role;

  /** What the role is on. May end with `*`. */
  readonly crnPattern: string;
}

/** One role of one service account. Belongs to the account that receives it, so that data flows one way. */
export class RoleBinding extends Construct {
  constructor(grantee: ServiceAccount, id: string, props: RoleBindingProps) {
    super(grantee, id);
    new RoleBindingResource(this, "Resource", {
      principal: grantee.principal,
      roleName: props.role,
      crnPattern: props.crnPattern,
    });
  }
}
