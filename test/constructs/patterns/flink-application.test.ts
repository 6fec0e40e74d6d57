import { createHash } from "node:crypto";

import { FlinkPipeline } from "../../../constructs/confluent/flink-pipeline";
import { DataSize } from "../../../constructs/core/data-size";
import { Duration } from "../../../constructs/core/duration";
import { collectLineage } from "../../../constructs/core/lineage";
import {
  FlinkApplication,
  type FlinkApplicationProps,
} from "../../../constructs/patterns/flink-application";
import { withoutHashes } from "../../support/readable";
import { resourcesOf, synth, type SynthesizedStack } from "../../support/synth";
import {
  application,
  applicationProps,
  BIG_ORDERS,
  image,
  manifest,
  pipelineOf,
} from "./flink-application-fixture";

interface Call {
  readonly role: string;
  readonly engine: string;
  readonly action?: string;
  readonly app: Readonly<Record<string, string>>;
  readonly target: unknown;
  readonly statements: readonly Readonly<Record<string, unknown>>[];
  readonly options: Readonly<Record<string, unknown>>;
}

function synthesized(change: Partial<FlinkApplicationProps> = {}): SynthesizedStack {
  return withoutHashes(synth(application(change).stack));
}

function callOf(stack: SynthesizedStack, name: "Deploy" | "Teardown"): Call {
  const call = stack.resource?.["aws_lambda_invocation"]?.[`App_Calls_${name}`];
  return JSON.parse(String(call?.["input"])) as Call;
}

function statusOf(stack: SynthesizedStack): Call {
  const [target] = resourcesOf(stack, "aws_cloudwatch_event_target");
  return JSON.parse(String(target?.["input"])) as Call;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const TARGET = {
  organization_id: "${data.confluent_organization.Organization.id}",
  environment_id: "${confluent_environment.Environment.id}",
  compute_pool_id: "${confluent_flink_compute_pool.Pool.id}",
  principal_id: "${confluent_service_account.Runner_Account.id}",
  cloud: "AWS",
  region: "us-east-1",
  rest_endpoint: "${data.confluent_flink_region.Region.rest_endpoint}",
  catalog: "lab",
  database: "lab",
};
const ROLES = [
  "DeveloperRead-topic-orders",
  "DeveloperRead-subject-orders-value",
  "DeveloperRead-topic-returns",
  "DeveloperRead-subject-returns-key",
  "DeveloperRead-subject-returns-value",
  "DeveloperWrite-topic-big_orders",
  "DeveloperRead-subject-big_orders-key",
  "DeveloperRead-subject-big_orders-value",
];
const BINDINGS = ROLES.map((role) => `confluent_role_binding.App_${role}`);

test("L-01: what is deployed is said in full, without a secret", () => {
  const { stack, application: app } = application();
  const digest = sha256(
    ["compiled/big_orders.sql", "pipeline.json"]
      .map((path) => `${sha256(BIG_ORDERS[path as keyof typeof BIG_ORDERS])}  ${path}\n`)
      .join(""),
  );
  const name = app.statementNames["big_orders"];
  expect(callOf(withoutHashes(synth(stack)), "Deploy")).toEqual({
    schema_version: 1,
    role: "deploy",
    action: "deploy",
    engine: "compiled",
    app: {
      name: "big-orders",
      pipeline: "big_orders",
      pipeline_digest: digest,
      deploy_id: app.deployId,
    },
    target: TARGET,
    secret_arn: "${aws_secretsmanager_secret.Keys.arn}",
    statements: [
      {
        logical: "big-orders",
        name,
        sink: "big_orders",
        strategy: "carry_over",
        state: "stateless",
        start: "earliest",
        properties: {},
      },
    ],
    options: {
      wait_timeout_s: 240,
      bake_s: 20,
      keep_previous: false,
      dry_run: false,
      redeploy_nonce: "",
    },
  });
  expect(name).toMatch(/^big-orders-big-orders-[0-9a-f]{10}$/);
});

test("what one who deploys decides reaches the deployer, and what Terraform would take for a template stays text", () => {
  const stack = synthesized({
    start: new Date("2026-01-31T00:00:00Z"),
    properties: { "sql.state-ttl": "${ttl}" },
    redeployNonce: "%{again}",
    keepPrevious: true,
    bake: Duration.seconds(45),
    timeout: Duration.seconds(900),
    takeOver: "lab-test-flight-union-v1-0123456789",
  });
  const { statements, options } = callOf(stack, "Deploy");
  expect(statements).toMatchObject([
    {
      start: "2026-01-31T00:00:00Z",
      properties: { "sql.state-ttl": "$${ttl}" },
      take_over: "lab-test-flight-union-v1-0123456789",
    },
  ]);
  expect(options).toEqual({
    wait_timeout_s: 840,
    bake_s: 45,
    keep_previous: true,
    dry_run: false,
    redeploy_nonce: "%%{again}",
  });
});

test("H-04: a deployment is made anew for each change, must answer for what was asked, and is called twice at most", () => {
  const { stack, application: app } = application();
  const { resource, provider } = withoutHashes(synth(stack));
  expect(resource?.["aws_lambda_invocation"]?.["App_Calls_Deploy"]).toEqual({
    provider: "aws.deploy-big-orders",
    function_name: "${aws_lambda_function.App_Deployer.function_name}",
    lifecycle_scope: "CREATE_ONLY",
    input: expect.stringContaining(app.deployId),
    triggers: app.statementNames,
    lifecycle: {
      postcondition: [
        {
          condition: `\${jsondecode(self.result).deploy_id == "${app.deployId}"}`,
          error_message: `The deployer answered for another deployment than ${app.deployId}: change redeployNonce, or apply with -replace for this resource.`,
        },
      ],
    },
    depends_on: [
      "aws_lambda_invocation.App_Calls_Teardown",
      "aws_lambda_function.App_Deployer",
      ...BINDINGS,
    ],
  });
  expect(provider?.["aws"]).toEqual([
    {},
    {
      alias: "deploy-big-orders",
      region: "us-east-1",
      allowed_account_ids: ["123456789012"],
      max_retries: 2,
    },
  ]);
});

test("H-03: what goes takes its statements with it, while they still have their roles", () => {
  const stack = synthesized();
  expect(stack.resource?.["aws_lambda_invocation"]?.["App_Calls_Teardown"]).toEqual({
    provider: "aws.deploy-big-orders",
    function_name: "${aws_lambda_function.App_Deployer.function_name}",
    lifecycle_scope: "CRUD",
    input: expect.anything(),
    triggers: {
      application: "big-orders",
      organization: TARGET.organization_id,
      environment: TARGET.environment_id,
      region: TARGET.region,
    },
    depends_on: ["aws_lambda_function.App_Deployer", ...BINDINGS],
  });
  expect(callOf(stack, "Teardown")).toEqual({
    schema_version: 1,
    role: "teardown",
    app: { name: "big-orders" },
    target: TARGET,
    secret_arn: "${aws_secretsmanager_secret.Keys.arn}",
    options: { wait_timeout_s: 240 },
  });
});

test("H-17: a changed pipeline is another input for the deployment, and the same for the teardown", () => {
  const before = synthesized();
  const changed = { ...BIG_ORDERS, "compiled/big_orders.sql": "INSERT INTO big_orders SELECT 1\n" };
  const after = synthesized({ pipeline: pipelineOf(changed) });
  const [old, current] = [callOf(before, "Deploy"), callOf(after, "Deploy")];
  expect(current.app["pipeline_digest"]).not.toBe(old.app["pipeline_digest"]);
  expect(current.app["deploy_id"]).not.toBe(old.app["deploy_id"]);
  expect(current.statements[0]?.["name"]).not.toBe(old.statements[0]?.["name"]);
  expect(callOf(after, "Teardown")).toEqual(callOf(before, "Teardown"));
});

test("H-03: the same pipeline is the same input each time, and its comments in Python are not the compiled engine's", () => {
  const commented = { ...BIG_ORDERS, "transform.py": "# comment\n" };
  expect(callOf(synthesized({ pipeline: pipelineOf(commented) }), "Deploy")).toEqual(
    callOf(synthesized(), "Deploy"),
  );
});

test("L-03: the Table API runs in the image, whose digest no statement's name depends on", () => {
  const { stack, props } = applicationProps();
  const app = new FlinkApplication(stack, "App", {
    ...props,
    engine: "table-api",
    image: image(stack),
  });
  const synthesizedStack = withoutHashes(synth(stack));
  expect(resourcesOf(synthesizedStack, "aws_lambda_function")).toMatchObject([
    {
      package_type: "Image",
      image_uri:
        "${aws_ecr_repository.Images.repository_url}@${data.aws_ecr_image.Image_Pushed.image_digest}",
      memory_size: 2048,
      timeout: 300,
    },
  ]);
  const call = callOf(synthesizedStack, "Deploy");
  expect(call.engine).toBe("table-api");
  expect(JSON.stringify(call)).not.toContain("image");
  expect(call.statements).toMatchObject([{ name: app.statementNames["big_orders"] }]);
});

test.each<[string, Partial<FlinkApplicationProps>, number, number]>([
  ["nothing", {}, 256, 300],
  ["memory", { memory: DataSize.mebibytes(512) }, 512, 300],
  ["a short bake", { bake: Duration.seconds(60) }, 256, 300],
  ["a long bake", { bake: Duration.seconds(300) }, 256, 540],
  ["a timeout", { timeout: Duration.seconds(600) }, 256, 600],
])("H-12: with %s said, the function has its memory and time", (_, change, memory, timeout) => {
  expect(resourcesOf(synthesized(change), "aws_lambda_function")).toMatchObject([
    { memory_size: memory, timeout },
  ]);
});

test("P-10, H-15: the function is named after system, environment and application, and may read one secret", () => {
  const stack = synthesized({
    network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
    reserveConcurrency: false,
    logRetentionDays: 90,
    environmentVariables: { FLINK_REST_ENDPOINT: "https://flink.private" },
  });
  expect(resourcesOf(stack, "aws_lambda_function")).toMatchObject([
    {
      function_name: "lab-test-big-orders-deployer",
      handler: "flink_deployer.handler.handle",
      reserved_concurrent_executions: -1,
      environment: { variables: { FLINK_REST_ENDPOINT: "https://flink.private" } },
      vpc_config: { subnet_ids: ["subnet-1"], security_group_ids: ["sg-1"] },
    },
  ]);
  expect(resourcesOf(stack, "aws_cloudwatch_log_group")).toEqual([
    { name: "/aws/lambda/lab-test-big-orders-deployer", retention_in_days: 90 },
  ]);
  const [policy] = resourcesOf(stack, "aws_iam_role_policy");
  const { Statement } = JSON.parse(String(policy?.["policy"])) as { Statement: object[] };
  expect(Statement).toContainEqual({
    Effect: "Allow",
    Action: "secretsmanager:GetSecretValue",
    Resource: "${aws_secretsmanager_secret.Keys.arn}",
  });
  expect(JSON.stringify(Statement).match(/secretsmanager:\w+/g)).toHaveLength(1);
});

test("H-13: the deployment waits for every role of its principal, which has those of its tables and no other", () => {
  const bindings = synthesized().resource?.["confluent_role_binding"] ?? {};
  const own = Object.entries(bindings).filter(([id]) => id.startsWith("App_"));
  expect(own.map(([id]) => id.replace("App_", "")).sort()).toEqual([...ROLES].sort());
  expect(new Set(own.map(([, { principal }]) => principal))).toEqual(
    new Set(["User:${confluent_service_account.Runner_Account.id}"]),
  );
});

test.each([
  ["nobody", undefined, {}],
  ["a topic", ["arn:sns"], { alarm_actions: ["arn:sns"], ok_actions: ["arn:sns"] }],
])(
  "looks once a day whether what was deployed runs, and tells %s when not",
  (_, alarmTopicArns, actions) => {
    const stack = synthesized({ alarmTopicArns });
    expect(statusOf(stack)).toEqual({ ...callOf(stack, "Deploy"), action: "status" });
    expect(resourcesOf(stack, "aws_cloudwatch_event_rule")).toMatchObject([
      { schedule_expression: "rate(1 day)" },
    ]);
    const alarms = stack.resource?.["aws_cloudwatch_metric_alarm"] ?? {};
    expect(Object.keys(alarms)).toEqual(["App_Alarms_Duration", "App_Alarms_Errors", "App_Drift"]);
    expect(alarms["App_Alarms_Errors"]).toMatchObject(actions);
    expect(alarms["App_Drift"]).toEqual({
      alarm_name: "${aws_lambda_function.App_Deployer.function_name}-drift",
      alarm_description: "What runs for big-orders is not what was deployed.",
      namespace: "StreamingLakehouse/Flink",
      metric_name: "Drift",
      dimensions: { FunctionName: "${aws_lambda_function.App_Deployer.function_name}" },
      statistic: "Maximum",
      period: 86_400,
      evaluation_periods: 1,
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      treat_missing_data: "ignore",
      ...actions,
    });
  },
);

test("is a process of a pipeline, with its place in the lineage", () => {
  const { application: app } = application();
  expect(app).toMatchObject({
    processName: "big-orders",
    reads: ["orders", "returns"],
    writes: ["big_orders"],
  });
  expect(app.resources.map(({ terraformResourceType }) => terraformResourceType)).toEqual([
    "aws_lambda_invocation",
  ]);
  expect(collectLineage(app).processes).toEqual([
    { kind: "statement", name: "big-orders", reads: ["orders", "returns"], writes: ["big_orders"] },
  ]);
});

test("is deployed after the application whose table it reads", () => {
  const { stack, props } = applicationProps();
  const first = new FlinkApplication(stack, "First", props);
  const second = new FlinkApplication(stack, "Second", {
    ...props,
    applicationName: "totals",
    pipeline: pipelineOf({
      ...manifest({ totals: { columns: ["id", "amount"], state: "stateless" } }),
      "pipeline.json": JSON.stringify({
        sources: ["big_orders"],
        sinks: { totals: { columns: ["id", "amount"], state: "stateless" } },
      }),
    }),
  });
  new FlinkPipeline(stack, "Pipeline", { processes: [second, first] });
  const calls = withoutHashes(synth(stack)).resource?.["aws_lambda_invocation"] ?? {};
  const producer = "aws_lambda_invocation.First_Calls_Deploy";
  expect(calls["Second_Calls_Deploy"]?.["depends_on"]).toContain(producer);
  expect(calls["Second_Calls_Teardown"]?.["depends_on"]).not.toContain(producer);
});

test("each table that a pipeline fills has a statement of its own", () => {
  const pipeline = pipelineOf(
    manifest({
      totals: { columns: ["id", "amount"], state: "stateful" },
      big_orders: { columns: ["id", "amount"], state: "stateless" },
    }),
  );
  const { stack, application: app } = application({
    pipeline,
    strategy: "replace",
    start: "latest",
  });
  expect(Object.keys(app.statementNames)).toEqual(["totals", "big_orders"]);
  expect(callOf(withoutHashes(synth(stack)), "Deploy").statements).toMatchObject([
    { logical: "totals", state: "stateful", strategy: "replace", start: "latest" },
    { logical: "big-orders", state: "stateless", strategy: "replace", start: "latest" },
  ]);
});
