import { awsProvider, statesOf, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

/** What of one application's stack is not the same in the other. */
interface Application {
  readonly name: string;

  /** Who its statement runs as, and the beginning of its pool's and secret's name. */
  readonly principal: string;
  readonly pipeline: string;
  readonly engine: string;
  readonly reads: readonly string[];
  readonly writes: string;
  readonly strategy: string;
  readonly state: string;
  readonly function: object;
  readonly states: readonly string[];
}

const applications: readonly Application[] = [
  {
    name: "flight-consolidator",
    principal: "FlightConsolidator",
    pipeline: "flight_consolidator",
    engine: "table-api",
    reads: ["skyone_avro", "sunset_avro"],
    writes: "flight_avro",
    strategy: "carry_over",
    state: "stateless",
    function: {
      package_type: "Image",
      image_uri:
        "${aws_ecr_repository.FlinkDeployerImages.repository_url}@${data.aws_ecr_image.Image_Pushed.image_digest}",
      memory_size: 2048,
    },
    states: ["delivery-foundation", "streaming-platform"],
  },
  {
    name: "flyer-stats",
    principal: "FlyerStats",
    pipeline: "flyer_stats",
    engine: "compiled",
    reads: ["flight_avro"],
    writes: "flyer_stats_avro",
    strategy: "replace",
    state: "stateful",
    function: {
      package_type: "Zip",
      filename: expect.stringMatching(/^assets\/Application_Zip_Asset\/\w+\/function\.zip$/),
      source_code_hash: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      runtime: "python3.12",
      handler: "flink_deployer.handler.handle",
      memory_size: 256,
    },
    states: ["streaming-platform"],
  },
];

/** Tables whose keys have a schema. */
const KEYED = ["flight_avro"];

const CLUSTER = "confluent_kafka_cluster.KafkaCluster";
const TOPIC = `\${${CLUSTER}.rbac_crn}/kafka=\${${CLUSTER}.id}/topic=`;
const SUBJECT = "${data.confluent_schema_registry_cluster.SchemaRegistry.resource_name}/subject=";

/** The roles of who runs the statement: it reads its sources, writes its sink, and reads their schemas. */
function roles({ principal, reads, writes }: Application): Record<string, object> {
  const role = (role_name: string, type: string, name: string): [string, object] => [
    `Application_${role_name}-${type}-${name}`,
    {
      principal: `User:\${confluent_service_account.${principal}_Account.id}`,
      role_name,
      crn_pattern: `${type === "topic" ? TOPIC : SUBJECT}${name}`,
    },
  ];
  const subjects = (table: string): [string, object][] =>
    (KEYED.includes(table) ? ["key", "value"] : ["value"]).map((part) =>
      role("DeveloperRead", "subject", `${table}-${part}`),
    );
  return Object.fromEntries([
    ...reads.flatMap((table) => [role("DeveloperRead", "topic", table), ...subjects(table)]),
    role("DeveloperWrite", "topic", writes),
    ...subjects(writes),
  ]);
}

const cases = applications.flatMap((application) =>
  inEveryEnvironment(application.name).map(
    ([name, config, stack, base]) =>
      [application.name, name, { application, config, stack, base }] as const,
  ),
);

describe.each(cases)("%s, %s", (name, _, { application, config, stack, base }) => {
  const functionName = `${base}-${name}-deployer`;
  const { flinkBakeSeconds = 20 } = config.streaming;
  const timeout = Math.max(300, flinkBakeSeconds + 240);
  const bindings = Object.keys(roles(application)).map((role) => `confluent_role_binding.${role}`);

  test("H-22: has the providers that it needs: one that calls the function gives up soon", () => {
    expect(stack.terraform).toEqual(terraformBlock(config, name));
    expect(stack.provider).toEqual({
      aws: [
        awsProvider(config, name),
        {
          alias: `deploy-${name}`,
          region: config.aws.region,
          allowed_account_ids: [config.aws.accountId],
          max_retries: 2,
        },
      ],
      confluent: [{}],
    });
    expect(stack.ephemeral).toBeUndefined();
    expect(stack.output).toBeUndefined();
    expect(stack.data).toEqual({
      ...statesOf(config, ...application.states),
      ...(application.engine === "table-api" && {
        aws_ecr_image: {
          Image_Pushed: {
            repository_name: "${aws_ecr_repository.FlinkDeployerImages.name}",
            image_tag: expect.stringMatching(/^inputs-[0-9a-f]{16}$/),
          },
        },
      }),
    });
  });

  test("L-01, L-03, H-12: a function deploys its statement, after the roles that it needs", () => {
    expect(stack.resource?.["confluent_role_binding"]).toEqual(roles(application));
    expect(stack.resource?.["aws_lambda_function"]).toEqual({
      Application_Deployer: {
        function_name: functionName,
        description: `Deploys the Flink statements of ${name}`,
        role: "${aws_iam_role.Application_Deployer_Role.arn}",
        architectures: ["x86_64"],
        ...application.function,
        timeout,
        reserved_concurrent_executions: 1,
        logging_config: {
          log_format: "Text",
          log_group: "${aws_cloudwatch_log_group.Application_Deployer_LogGroup.name}",
        },
        depends_on: ["aws_iam_role_policy.Application_Deployer_Role_Policy"],
      },
    });
    const calls = stack.resource?.["aws_lambda_invocation"] ?? {};
    expect(Object.keys(calls)).toEqual(["Application_Calls_Deploy", "Application_Calls_Teardown"]);
    expect(calls["Application_Calls_Deploy"]?.["depends_on"]).toEqual(
      expect.arrayContaining(["aws_lambda_invocation.Application_Calls_Teardown", ...bindings]),
    );
    expect(calls["Application_Calls_Teardown"]?.["depends_on"]).toEqual(
      expect.arrayContaining(bindings),
    );
  });

  test("L-01: what it deploys is its pipeline, as its principal in its pool, in the platform's database", () => {
    const call = stack.resource?.["aws_lambda_invocation"]?.["Application_Calls_Deploy"];
    expect(JSON.parse(String(call?.["input"]))).toEqual({
      schema_version: 1,
      role: "deploy",
      action: "deploy",
      engine: application.engine,
      app: {
        name,
        pipeline: application.pipeline,
        pipeline_digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        deploy_id: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      target: {
        organization_id: "${data.confluent_organization.Organization.id}",
        environment_id: "${confluent_environment.Environment.id}",
        compute_pool_id: `\${confluent_flink_compute_pool.${application.principal}Pool.id}`,
        principal_id: `\${confluent_service_account.${application.principal}_Account.id}`,
        cloud: "AWS",
        region: config.aws.region,
        rest_endpoint: "${data.confluent_flink_region.FlinkRegion.rest_endpoint}",
        catalog: base,
        database: base,
      },
      secret_arn: `\${aws_secretsmanager_secret.${application.principal}Secret.arn}`,
      statements: [
        {
          logical: application.writes.replaceAll("_", "-"),
          name: expect.stringMatching(
            new RegExp(`^${name}-${application.writes.replaceAll("_", "-")}-[0-9a-f]{10}$`),
          ),
          sink: application.writes,
          strategy: application.strategy,
          state: application.state,
          start: "earliest",
          properties: {},
        },
      ],
      options: {
        wait_timeout_s: timeout - 60,
        bake_s: flinkBakeSeconds,
        keep_previous: false,
        dry_run: false,
        redeploy_nonce: "",
      },
    });
  });

  test("is looked after: a log that ends, a daily look, alarms", () => {
    expect(Object.keys(stack.resource ?? {}).sort()).toEqual([
      "aws_cloudwatch_event_rule",
      "aws_cloudwatch_event_target",
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_metric_alarm",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_lambda_function",
      "aws_lambda_invocation",
      "aws_lambda_permission",
      "confluent_role_binding",
    ]);
    expect(stack.resource?.["aws_cloudwatch_log_group"]).toEqual({
      Application_Deployer_LogGroup: {
        name: `/aws/lambda/${functionName}`,
        retention_in_days: 30,
      },
    });
    expect(Object.keys(stack.resource?.["aws_cloudwatch_metric_alarm"] ?? {})).toEqual([
      "Application_Alarms_Duration",
      "Application_Alarms_Errors",
      "Application_Drift",
    ]);
  });
});

test("H-03, H-17: environments differ in where statements run, never in what they are called", () => {
  const named = applications.map((application) =>
    cases
      .filter(([name]) => name === application.name)
      .map(([, , { stack }]) => {
        const call = stack.resource?.["aws_lambda_invocation"]?.["Application_Calls_Deploy"];
        const { statements } = JSON.parse(String(call?.["input"])) as { statements: object };
        return JSON.stringify(statements);
      }),
  );
  expect(named.map((names) => names.length)).toEqual([4, 4]);
  expect(named.map((names) => new Set(names).size)).toEqual([1, 1]);
});
