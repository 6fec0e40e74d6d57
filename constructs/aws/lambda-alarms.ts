import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

import type { LambdaFunction } from "./lambda-function";

/** How much of its timeout a call may take before someone should look. */
const NEAR_TIMEOUT = 0.9;

export interface LambdaAlarmsProps {
  readonly function: LambdaFunction;

  /** ARNs of the SNS topics that are told of an alarm, and of its end. @default - nobody is told */
  readonly topicArns?: readonly string[];
}

/** Alarms for calls of a function that fail, and for calls that nearly do. */
export class LambdaAlarms extends Construct {
  constructor(scope: Construct, id: string, props: LambdaAlarmsProps) {
    super(scope, id);
    const { functionName, timeout } = props.function;
    const common = {
      namespace: "AWS/Lambda",
      dimensions: { FunctionName: functionName },
      period: 300,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      ...alarmActions(props.topicArns),
    };
    new CloudwatchMetricAlarm(this, "Errors", {
      ...common,
      alarmName: `${functionName}-errors`,
      alarmDescription: `A call of ${functionName} failed.`,
      metricName: "Errors",
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
    });
    new CloudwatchMetricAlarm(this, "Duration", {
      ...common,
      alarmName: `${functionName}-duration`,
      alarmDescription: `A call of ${functionName} took nearly as long as it may.`,
      metricName: "Duration",
      statistic: "Maximum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: timeout.toMilliseconds() * NEAR_TIMEOUT,
    });
  }
}

/** Whom an alarm tells. */
export function alarmActions(
  topicArns: readonly string[] = [],
): Pick<CloudwatchMetricAlarmConfig, "alarmActions" | "okActions"> {
  return topicArns.length > 0 ? { alarmActions: [...topicArns], okActions: [...topicArns] } : {};
}
