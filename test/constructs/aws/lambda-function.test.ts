import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App } from "cdktf";

import { AwsAccount } from "../../../constructs/aws/account";
import { ContainerImage } from "../../../constructs/aws/container-image";
import { ImageRepository } from "../../../constructs/aws/image-repository";
import { LambdaAlarms } from "../../../constructs/aws/lambda-alarms";
import { LambdaFunction, type LambdaFunctionProps } from "../../../constructs/aws/lambda-function";
import { DailySchedule } from "../../../constructs/aws/lambda-schedule";
import { ZipAsset } from "../../../constructs/aws/zip-asset";
import { DataSize } from "../../../constructs/core/data-size";
import { Duration } from "../../../constructs/core/duration";
import { zipArchive } from "../../../constructs/core/zip-archive";
import { withoutHashes } from "../../support/readable";
import { resourcesOf, synth, testStack, type SynthesizedStack } from "../../support/synth";

const account = new AwsAccount("123456789012", "us-east-1");
const ARN = "arn:aws:lambda:us-east-1:123456789012:function:lab-deployer";
const FILES = [{ path: "handler.py", content: Buffer.from("def handle(event, context): ...\n") }];

const fixture = (props: Partial<LambdaFunctionProps> = {}) => {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const zip = new ZipAsset(stack, "Zip", FILES);
  const deployer = new LambdaFunction(stack, "Deployer", {
    account,
    functionName: "lab-deployer",
    description: "Deploys",
    code: { zip, runtime: "python3.12", handler: "handler.handle" },
    memory: DataSize.mebibytes(256),
    timeout: Duration.seconds(300),
    permissions: [
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "arn:secret" },
    ],
    ...props,
  });
  return { stack, zip, deployer };
};

const synthesized = (props?: Partial<LambdaFunctionProps>): SynthesizedStack =>
  withoutHashes(synth(fixture(props).stack));

function policyOf(stack: SynthesizedStack): unknown {
  const [policy] = resourcesOf(stack, "aws_iam_role_policy");
  return (JSON.parse(String(policy?.["policy"])) as { Statement: unknown }).Statement;
}

const LOGS = {
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: "${aws_cloudwatch_log_group.Deployer_LogGroup.arn}:*",
};
const SECRET = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "arn:secret" };

test("H-12, H-14: a function has the memory, time and log that it was given", () => {
  const { resource } = synthesized();
  expect(resource?.["aws_cloudwatch_log_group"]).toEqual({
    Deployer_LogGroup: { name: "/aws/lambda/lab-deployer", retention_in_days: 30 },
  });
  expect(resource?.["aws_lambda_function"]).toEqual({
    Deployer: {
      function_name: "lab-deployer",
      description: "Deploys",
      role: "${aws_iam_role.Deployer_Role.arn}",
      architectures: ["x86_64"],
      package_type: "Zip",
      filename: expect.stringMatching(/^assets\/Zip_Asset\/[0-9a-f]{32}\/function\.zip$/),
      source_code_hash: createHash("sha256").update(zipArchive(FILES)).digest("base64"),
      runtime: "python3.12",
      handler: "handler.handle",
      memory_size: 256,
      timeout: 300,
      reserved_concurrent_executions: 1,
      logging_config: {
        log_format: "Text",
        log_group: "${aws_cloudwatch_log_group.Deployer_LogGroup.name}",
      },
      depends_on: ["aws_iam_role_policy.Deployer_Role_Policy"],
    },
  });
});

test("H-13: whoever calls the function waits for the policy in its role: there is no attachment to forget", () => {
  const { resource } = synthesized();
  expect(resource?.["aws_iam_role_policy"]).toMatchObject({
    Deployer_Role_Policy: { name: "function", role: "${aws_iam_role.Deployer_Role.id}" },
  });
  expect(Object.keys(resource ?? {})).not.toContain("aws_iam_role_policy_attachment");
  expect(resource?.["aws_lambda_function"]?.["Deployer"]?.["depends_on"]).toEqual([
    "aws_iam_role_policy.Deployer_Role_Policy",
  ]);
});

test("H-15: the role is this function's only, and may write its log and what it was given", () => {
  const stack = synthesized();
  const [role] = resourcesOf(stack, "aws_iam_role");
  expect(role).toMatchObject({ name: "lab-deployer", description: "The function lab-deployer" });
  expect(JSON.parse(String(role?.["assume_role_policy"]))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": ARN },
        },
      },
    ],
  });
  expect(policyOf(stack)).toEqual([LOGS, SECRET]);
});

test("in a network, the service may make interfaces and the function's code may not", () => {
  const network = { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] };
  const stack = synthesized({ network });
  const interfaces = expect.arrayContaining(["ec2:CreateNetworkInterface", "ec2:DescribeSubnets"]);
  expect(resourcesOf(stack, "aws_lambda_function")).toMatchObject([
    { vpc_config: { subnet_ids: ["subnet-1", "subnet-2"], security_group_ids: ["sg-1"] } },
  ]);
  expect(policyOf(stack)).toEqual([
    LOGS,
    SECRET,
    { Effect: "Allow", Action: interfaces, Resource: "*" },
    {
      Effect: "Deny",
      Action: interfaces,
      Resource: "*",
      Condition: { ArnEquals: { "lambda:SourceFunctionArn": ARN } },
    },
  ]);
});

test("H-16, H-18: a function in an image runs it by digest, on the processor that it was built for", () => {
  const { stack } = fixture();
  const repository = new ImageRepository(stack, "Images", {
    account,
    repositoryName: "images",
    functionPrefix: "lab-",
  });
  const image = new ContainerImage(stack, "Image", { repository, tag: "inputs-0123456" });
  new LambdaFunction(stack, "InImage", {
    account,
    functionName: "lab-image",
    description: "Deploys",
    code: { image },
    memory: DataSize.mebibytes(2048),
    timeout: Duration.seconds(900),
    permissions: [],
    reserveConcurrency: false,
    logRetentionDays: 7,
    environmentVariables: { FLINK_REST_ENDPOINT: "https://flink.private" },
  });
  const { resource } = withoutHashes(synth(stack));
  expect(resource?.["aws_lambda_function"]?.["InImage"]).toEqual({
    function_name: "lab-image",
    description: "Deploys",
    role: "${aws_iam_role.InImage_Role.arn}",
    architectures: ["x86_64"],
    package_type: "Image",
    image_uri:
      "${aws_ecr_repository.Images.repository_url}@${data.aws_ecr_image.Image_Pushed.image_digest}",
    memory_size: 2048,
    timeout: 900,
    reserved_concurrent_executions: -1,
    environment: { variables: { FLINK_REST_ENDPOINT: "https://flink.private" } },
    logging_config: expect.anything(),
    depends_on: ["aws_iam_role_policy.InImage_Role_Policy"],
  });
  expect(resource?.["aws_cloudwatch_log_group"]?.["InImage_LogGroup"]).toEqual({
    name: "/aws/lambda/lab-image",
    retention_in_days: 7,
  });
});

test("the archive lies beside the stack when it is synthesized", () => {
  const { stack, zip } = fixture();
  synth(stack);
  const file = join(App.of(stack).outdir, "stacks", "test", zip.path);
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file)).toEqual(zipArchive(FILES));
});

test.each([
  [{ functionName: "" }, 'functionName must be 1 to 64 letters, digits, "-" or "_", got ""'],
  [
    { functionName: "a".repeat(65) },
    `functionName must be 1 to 64 letters, digits, "-" or "_", got "${"a".repeat(65)}"`,
  ],
  [
    { memory: DataSize.mebibytes(127) },
    "memory must be a whole number of mebibytes from 128 to 10240, got 127",
  ],
  [
    { memory: DataSize.mebibytes(10_241) },
    "memory must be a whole number of mebibytes from 128 to 10240, got 10241",
  ],
  [
    { memory: DataSize.bytes(1024 * 1024 * 128 + 512 * 1024) },
    "memory must be a whole number of mebibytes from 128 to 10240, got 128.5",
  ],
  [
    { timeout: Duration.seconds(901) },
    "timeout must be a whole number of seconds from 1 to 900, got 901",
  ],
  [
    { timeout: Duration.seconds(0) },
    "timeout must be a whole number of seconds from 1 to 900, got 0",
  ],
  [
    { timeout: Duration.milliseconds(1500) },
    "timeout must be a whole number of seconds from 1 to 900, got 1.5",
  ],
])("H-12: fails for %j", (props, problem) => {
  expect(() => fixture(props)).toThrow(`test/Deployer: ${problem}`);
});

test("is called once a day, by a rule that may", () => {
  const { stack, deployer } = fixture();
  new DailySchedule(stack, "Status", {
    function: deployer,
    description: "Looks",
    input: '{"a":1}',
  });
  const { resource } = withoutHashes(synth(stack));
  const name = "${aws_lambda_function.Deployer.function_name}";
  expect(resource?.["aws_cloudwatch_event_rule"]).toEqual({
    Status_Rule: { name, description: "Looks", schedule_expression: "rate(1 day)" },
  });
  expect(resource?.["aws_cloudwatch_event_target"]).toEqual({
    Status_Target: {
      rule: "${aws_cloudwatch_event_rule.Status_Rule.name}",
      target_id: "function",
      arn: ARN,
      input: '{"a":1}',
      depends_on: ["aws_lambda_permission.Status_Permission"],
    },
  });
  expect(resource?.["aws_lambda_permission"]).toEqual({
    Status_Permission: {
      statement_id: "DailySchedule",
      function_name: name,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      source_arn: "${aws_cloudwatch_event_rule.Status_Rule.arn}",
    },
  });
});

test.each([
  ["nobody", undefined, {}],
  ["a topic", ["arn:sns"], { alarm_actions: ["arn:sns"], ok_actions: ["arn:sns"] }],
])("tells %s of calls that fail, and of those that nearly do", (_, topicArns, actions) => {
  const { stack, deployer } = fixture();
  new LambdaAlarms(stack, "Alarms", { function: deployer, topicArns });
  const name = "${aws_lambda_function.Deployer.function_name}";
  const common = {
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: name },
    period: 300,
    evaluation_periods: 1,
    treat_missing_data: "notBreaching",
    ...actions,
  };
  expect(withoutHashes(synth(stack)).resource?.["aws_cloudwatch_metric_alarm"]).toEqual({
    Alarms_Errors: {
      ...common,
      alarm_name: `${name}-errors`,
      alarm_description: `A call of ${name} failed.`,
      metric_name: "Errors",
      statistic: "Sum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
    },
    Alarms_Duration: {
      ...common,
      alarm_name: `${name}-duration`,
      alarm_description: `A call of ${name} took nearly as long as it may.`,
      metric_name: "Duration",
      statistic: "Maximum",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 270_000,
    },
  });
});
