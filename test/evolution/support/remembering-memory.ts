import {
  Fn,
  propertyAccess,
  ref,
  DataResource,
  TerraformLocal,
  Token,
  type ITerraformDependable,
} from "cdktf";
import { Construct } from "constructs";

import { PlanClock } from "../../../constructs/core/plan-clock";
import type { PlanMemory } from "../../../constructs/core/plan-memory";

/** Where the memory is, relative to the folder in which Terraform runs. */
export const MEMORY_FILE = "memory.json";

/** As long as this file is there, nothing can be remembered. */
export const MEMORY_FAULT = "memory.broken";

/** A memory in a file beside the state: what Parameter Store is in the cloud, without a cloud. */
export class FileMemory extends Construct implements PlanMemory {
  readonly now: string;

  private readonly content: TerraformLocal;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.now = PlanClock.of(this).now;
    this.content = new TerraformLocal(
      this,
      "Content",
      Fn.try([Fn.jsondecode(Fn.file(MEMORY_FILE)), Fn.jsondecode("{}")]),
    );
  }

  recall(field: string): string {
    const value = propertyAccess(this.content.expression, [field]);
    return Token.asString(Fn.try([value, ref("null")]));
  }

  remember(value: Readonly<Record<string, unknown>>, after: readonly ITerraformDependable[]): void {
    const content = Fn.jsonencode(value);
    new DataResource(this, "Written", {
      triggersReplace: { content },
      dependsOn: [...after],
      provisioners: [
        {
          type: "local-exec",
          command: `test ! -e ${MEMORY_FAULT} && printf %s "$CONTENT" > ${MEMORY_FILE}`,
          environment: { CONTENT: content },
        },
      ],
    });
  }
}
