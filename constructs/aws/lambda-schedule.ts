import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";

import type { LambdaFunction } from "./lambda-function";

export interface LambdaScheduleProps {
  readonly function: LambdaFunction;

  /** What the call is for, in a sentence. */
  readonly description: string;

  /** The event, as JSON. */
  readonly input: string;
}

/**
 * A call of a function once a day. It also keeps the function awake: after weeks without a call Lambda refuses the first
 * one, and that would be a deployment.
 */
export class DailySchedule extends Construct {
  constructor(scope: Construct, id: string, props: LambdaScheduleProps) {
    super(scope, id);
    const { function: called } = props;
    const rule = new CloudwatchEventRule(this, "Rule", {
      name: called.functionName,
      description: props.description,
      scheduleExpression: "rate(1 day)",
    });
    const permission = new LambdaPermission(this, "Permission", {
      statementId: "DailySchedule",
      functionName: called.functionName,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    });
    new CloudwatchEventTarget(this, "Target", {
      rule: rule.name,
      targetId: "function",
      arn: called.functionArn,
      input: props.input,
      // The first call comes when the rule has a target, and nothing refers to the permission.
      dependsOn: [permission],
    });
  }
}
