import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import {
  LambdaFunction as LambdaFunctionResource,
  type LambdaFunctionConfig,
} from "@cdktf/provider-aws/lib/lambda-function";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";

import { DataSize } from "../core/data-size";
import type { Duration } from "../core/duration";
import { validate } from "../core/validation";
import type { AwsAccount } from "./account";
import type { ContainerImage } from "./container-image";
import { LambdaRole } from "./lambda-role";
import type { PolicyStatement } from "./policy-document";
import type { ZipAsset } from "./zip-asset";

/** What functions and images are built for; an image for another processor does not start. */
export const ARCHITECTURE = "x86_64";

const MEBIBYTE = DataSize.mebibytes(1).toBytes();

/** What a function runs. */
export type LambdaCode =
  | { readonly image: ContainerImage }
  | { readonly zip: ZipAsset; readonly runtime: string; readonly handler: string };

/** Days for which CloudWatch Logs can keep a log. */
export type LogRetentionDays = 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 180 | 365 | 731;

/** A network in which a function runs. */
export interface LambdaNetwork {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** What one who deploys a function decides. */
export interface LambdaSettings {
  readonly memory: DataSize;

  /** After which a call is ended, at most 900 seconds. */
  readonly timeout: Duration;

  /**
   * Whether one call runs at a time, and has its place reserved. An account whose quota is ten calls at once cannot
   * reserve any. @default true
   */
  readonly reserveConcurrency?: boolean;

  /** @default 30 */
  readonly logRetentionDays?: LogRetentionDays;

  /** @default - none */
  readonly environmentVariables?: Readonly<Record<string, string>>;

  /** @default - outside of all networks, with access to the internet */
  readonly network?: LambdaNetwork;
}

export interface LambdaFunctionProps extends LambdaSettings {
  readonly account: AwsAccount;

  /** Unique in the account and region, and the role's name in the account. */
  readonly functionName: string;

  readonly description: string;
  readonly code: LambdaCode;

  /** What the function may, besides writing its log. */
  readonly permissions: readonly PolicyStatement[];
}

/**
 * A Lambda function with a role and a log of its own. The log is made first: a function without one makes it itself, and
 * keeps it for ever.
 */
export class LambdaFunction extends Construct {
  readonly functionName: string;
  readonly functionArn: string;
  readonly timeout: Duration;

  /** What runs: calls refer to it by name and wait for it. */
  readonly resource: TerraformResource;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const { account, functionName, network } = props;
    const memorySize = props.memory.toBytes() / MEBIBYTE;
    const timeout = props.timeout.toMilliseconds() / 1000;
    validate(this, [
      [
        !/^[A-Za-z0-9_-]{1,64}$/.test(functionName),
        `functionName must be 1 to 64 letters, digits, "-" or "_", got ${JSON.stringify(functionName)}`,
      ],
      [
        !Number.isInteger(memorySize) || memorySize < 128 || memorySize > 10_240,
        `memory must be a whole number of mebibytes from 128 to 10240, got ${memorySize}`,
      ],
      [
        !Number.isInteger(timeout) || timeout < 1 || timeout > 900,
        `timeout must be a whole number of seconds from 1 to 900, got ${timeout}`,
      ],
    ]);
    this.functionArn = account.arnOf("lambda", `function:${functionName}`);
    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: props.logRetentionDays ?? 30,
    });
    const role = new LambdaRole(this, "Role", {
      accountId: account.accountId,
      functionName,
      functionArn: this.functionArn,
      logGroupArn: logGroup.arn,
      inNetwork: network !== undefined,
      permissions: props.permissions,
    });
    const resource = new LambdaFunctionResource(this, "Resource", {
      functionName,
      description: props.description,
      role: role.roleArn,
      architectures: [ARCHITECTURE],
      ...codeOf(props.code),
      memorySize,
      timeout,
      reservedConcurrentExecutions: (props.reserveConcurrency ?? true) ? 1 : -1,
      // As it writes its lines: each is JSON already.
      loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      ...(props.environmentVariables && { environment: { variables: props.environmentVariables } }),
      ...(network && {
        vpcConfig: {
          subnetIds: [...network.subnetIds],
          securityGroupIds: [...network.securityGroupIds],
        },
      }),
      // Whoever waits for the function waits for what it may: a call before that is refused its secret.
      dependsOn: [role.policy],
    });
    this.functionName = resource.functionName;
    this.timeout = props.timeout;
    this.resource = resource;
  }
}

function codeOf(code: LambdaCode): Partial<LambdaFunctionConfig> {
  return "image" in code
    ? { packageType: "Image", imageUri: code.image.imageUri }
    : {
        packageType: "Zip",
        filename: code.zip.path,
        sourceCodeHash: code.zip.sourceCodeHash,
        runtime: code.runtime,
        handler: code.handler,
      };
}
