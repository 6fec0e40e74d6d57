import { DataAwsSsmParametersByPath } from "@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Fn, propertyAccess, ref, TerraformLocal, Token, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { PlanClock } from "../core/plan-clock";
import type { PlanMemory } from "../core/plan-memory";
import { isConcrete, validate } from "../core/validation";

export interface ParameterMemoryProps {
  /** Path that holds this parameter and no other, with a leading slash. */
  readonly path: string;

  /** Name of the parameter below the path. */
  readonly parameterName: string;
}

/**
 * A memory in Parameter Store. It is read by its path: a path without parameters is an empty list, where a parameter
 * that is not there would be an error, and so the first plan of an environment works. Nothing secret may be in it.
 */
export class ParameterMemory extends Construct implements PlanMemory {
  readonly now: string;

  private readonly recalled: TerraformLocal;
  private readonly parameterName: string;

  constructor(scope: Construct, id: string, props: ParameterMemoryProps) {
    super(scope, id);
    validate(this, [
      [
        isConcrete(props.path) && !/^(\/[A-Za-z0-9._-]+)+$/.test(props.path),
        `path must be parts of letters, digits, ".", "_" or "-" with a slash before each, got ${JSON.stringify(props.path)}`,
      ],
    ]);
    this.parameterName = `${props.path}/${props.parameterName}`;
    this.now = PlanClock.of(this).now;
    const { names, values } = new DataAwsSsmParametersByPath(this, "Read", { path: props.path });
    const text = Token.asString(Fn.lookup(Fn.zipmap(names, values), this.parameterName, "{}"));
    this.recalled = new TerraformLocal(
      this,
      "Recalled",
      // Text that is not JSON stops the plan: taken for an empty memory, it would begin everything anew. The provider
      // marks all values as sensitive, because it cannot know which are.
      Fn.nonsensitive(Fn.jsondecode(text)),
    );
  }

  recall(field: string): string {
    return Token.asString(Fn.try([propertyAccess(this.recalled.expression, [field]), ref("null")]));
  }

  remember(value: Readonly<Record<string, unknown>>, after: readonly ITerraformDependable[]): void {
    new SsmParameter(this, "Parameter", {
      name: this.parameterName,
      description: "What Terraform did last; the next plan reads it. Do not edit.",
      type: "String",
      // Not the sensitive `value`: a reviewer shall see in the plan what is remembered.
      insecureValue: Fn.jsonencode(value),
      // A first run that was killed at its end has written it, and no state says so.
      overwrite: true,
      // It says what has happened, so it is written when that has; no argument refers to it.
      dependsOn: [...after],
    });
  }
}
