import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { policyDocument, type PolicyStatement } from "./policy-document";

/** What Lambda needs to put a function into a network; EC2 knows no resource for most of it. */
const NETWORK_INTERFACES = [
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

export interface LambdaRoleProps {
  readonly accountId: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly logGroupArn: string;

  /** Whether the function is in a network. */
  readonly inNetwork: boolean;

  /** What the function itself does. */
  readonly permissions: readonly PolicyStatement[];
}

/** Who one function acts as: nobody else can be it, and it may write its own log and what it was given. */
export class LambdaRole extends Construct {
  readonly roleArn: string;

  /** What a call of the function must wait for: nothing refers to a policy. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: LambdaRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Resource", {
      name: props.functionName,
      description: `The function ${props.functionName}`,
      assumeRolePolicy: policyDocument({
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": props.accountId },
          ArnLike: { "aws:SourceArn": props.functionArn },
        },
      }),
    });
    // In the role, where an attachment would be a third thing to wait for.
    this.policy = new IamRolePolicy(this, "Policy", {
      name: "function",
      role: role.id,
      policy: policyDocument(
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${props.logGroupArn}:*`,
        },
        ...props.permissions,
        ...(props.inNetwork ? networkInterfaces(props.functionArn) : []),
      ),
    });
    this.roleArn = role.arn;
  }
}

/** The service may, and the function's own code, which has the same role, may not. */
function networkInterfaces(functionArn: string): readonly PolicyStatement[] {
  return [
    { Effect: "Allow", Action: NETWORK_INTERFACES, Resource: "*" },
    {
      Effect: "Deny",
      Action: NETWORK_INTERFACES,
      Resource: "*",
      Condition: { ArnEquals: { "lambda:SourceFunctionArn": functionArn } },
    },
  ];
}
