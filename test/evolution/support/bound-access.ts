import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

import type { FlinkAccess, FlinkTable } from "../../../constructs/confluent/flink-access";
import { RoleBinding, type Role } from "../../../constructs/confluent/role-binding";

export interface BoundAccessProps {
  readonly provider: TerraformProvider;

  /** Where role bindings are declared. */
  readonly scope: Construct;

  /** Who statements run as. */
  readonly principalId: string;
  readonly topicCrn: (table: string) => string;
  readonly subjectCrn: (subject: string) => string;
}

/** Access whose grants are role bindings in the world: without them, a statement fails. */
export class BoundAccess implements FlinkAccess {
  readonly provider: TerraformProvider;
  readonly principalName = "runner";
  readonly poolName = "statements";

  constructor(private readonly props: BoundAccessProps) {
    this.provider = props.provider;
  }

  grantRead({ name }: FlinkTable): readonly ITerraformDependable[] {
    return [
      this.bind("DeveloperRead", this.props.topicCrn(name)),
      this.bind("DeveloperRead", this.props.subjectCrn(`${name}-value`)),
    ];
  }

  grantWrite({ name }: FlinkTable): readonly ITerraformDependable[] {
    return [
      this.bind("DeveloperWrite", this.props.topicCrn(name)),
      this.bind("DeveloperRead", this.props.subjectCrn(`${name}-value`)),
    ];
  }

  grantOwn({ name }: FlinkTable): readonly ITerraformDependable[] {
    return [
      this.bind("ResourceOwner", this.props.topicCrn(name)),
      this.bind("ResourceOwner", this.props.subjectCrn(`${name}-*`)),
    ];
  }

  private bind(role: Role, crnPattern: string): ITerraformDependable {
    const { scope } = this.props;
    const id = `${role}-${crnPattern.split("/").at(-1) ?? ""}`;
    const existing = scope.node.tryFindChild(id);
    if (existing instanceof RoleBinding) return existing.dependable;
    const grantee = { principal: `User:${this.props.principalId}`, bindings: scope };
    return new RoleBinding(grantee, id, { role, crnPattern }).dependable;
  }
}
