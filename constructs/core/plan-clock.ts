import { Fn, TerraformStack, TerraformVariable, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";

const ID = "PlanClock";

/**
 * The time that a stack's plan counts with: the plan's own, or that of the variable `rotation_clock`, with which time
 * is moved in a sandbox or a test. `timestamp()` would be unknown at every plan, and so change something each time.
 */
export class PlanClock extends Construct {
  /** The stack's clock; the first caller makes it. */
  static of(scope: IConstruct): PlanClock {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(ID);
    return existing instanceof PlanClock ? existing : new PlanClock(stack);
  }

  /** RFC 3339. */
  readonly now: string;

  private constructor(stack: TerraformStack) {
    super(stack, ID);
    const variable = new TerraformVariable(this, "Variable", {
      type: "string",
      default: "",
      description: "The time that this plan counts with, RFC 3339. Empty is the plan's own.",
    });
    variable.overrideLogicalId("rotation_clock");
    variable.addValidation({
      condition: `\${var.rotation_clock == "" || can(timeadd(var.rotation_clock, "0s"))}`,
      errorMessage: "rotation_clock must be a time such as 2026-01-31T00:00:00Z, or empty.",
    });
    this.now = Token.asString(Fn.coalesce([variable.stringValue, Fn.plantimestamp()]));
  }
}
