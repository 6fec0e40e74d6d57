import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import {
  Fn,
  propertyAccess,
  ref,
  TerraformOutput,
  TerraformVariable,
  Token,
  type ITerraformDependable,
} from "cdktf";
import { Construct } from "constructs";

import type { FlinkAccess, FlinkTable } from "../../../constructs/confluent/flink-access";
import { RoleBinding, type Role } from "../../../constructs/confluent/role-binding";
import type { PlanMemory } from "../../../constructs/core/plan-memory";
import { temporaryDirectory } from "../../support/temporary-directory";

/** Writes files into a new directory, and returns its path. */
export function directoryOf(files: Readonly<Record<string, string>>): string {
  const directory = join(temporaryDirectory(), "pipeline");
  mkdirSync(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

/** Access whose every grant is one role binding on a made-up resource. */
export class FakeFlinkAccess implements FlinkAccess {
  readonly provider: ConfluentProvider;
  readonly poolName = "pool";
  private readonly roles: Construct;

  constructor(
    scope: Construct,
    readonly principalName = "runner",
  ) {
    this.provider = new ConfluentProvider(scope, "Flink", { alias: "flink" });
    this.roles = new Construct(scope, "Roles");
  }

  grantRead(table: FlinkTable): readonly ITerraformDependable[] {
    return this.bind("DeveloperRead", table);
  }

  grantWrite(table: FlinkTable): readonly ITerraformDependable[] {
    return this.bind("DeveloperWrite", table);
  }

  grantOwn(table: FlinkTable): readonly ITerraformDependable[] {
    return this.bind("ResourceOwner", table);
  }

  private bind(role: Role, { name }: FlinkTable): ITerraformDependable[] {
    const grantee = { principal: "User:sa-1", bindings: this.roles };
    const existing = this.roles.node.tryFindChild(`${role}-${name}`);
    const binding =
      existing instanceof RoleBinding
        ? existing
        : new RoleBinding(grantee, `${role}-${name}`, { role, crnPattern: `topic=${name}` });
    return [binding.dependable];
  }
}

/** Access that needs no grants. */
export class OpenFlinkAccess extends FakeFlinkAccess {
  override grantRead(): readonly ITerraformDependable[] {
    return [];
  }

  override grantWrite(): readonly ITerraformDependable[] {
    return [];
  }

  override grantOwn(): readonly ITerraformDependable[] {
    return [];
  }
}

/** A memory whose content is a variable, and what shall be remembered an output. */
export class VariableMemory extends Construct implements PlanMemory {
  readonly now: string;
  private readonly variable: TerraformVariable;

  constructor(scope: Construct) {
    super(scope, "Memory");
    this.variable = new TerraformVariable(this, "Variable", { type: "any" });
    this.variable.overrideLogicalId("memory");
    const clock = new TerraformVariable(this, "Clock", { type: "string" });
    clock.overrideLogicalId("now");
    this.now = clock.stringValue;
  }

  recall(field: string): string {
    return Token.asString(Fn.try([propertyAccess(this.variable.value, [field]), ref("null")]));
  }

  remember(value: object, after: readonly ITerraformDependable[]): void {
    new TerraformOutput(this, "Remembered", { value, dependsOn: [...after] });
  }
}
