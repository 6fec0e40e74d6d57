import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";

import type { AwsAccount } from "../aws/account";
import type { ContainerImage } from "../aws/container-image";
import { alarmActions, LambdaAlarms } from "../aws/lambda-alarms";
import { LambdaFunction, type LambdaCode, type LambdaSettings } from "../aws/lambda-function";
import { DailySchedule } from "../aws/lambda-schedule";
import { deployIdOf } from "../confluent/flink-job-names";
import type { FlinkProcess } from "../confluent/flink-process";
import type { KafkaCluster } from "../confluent/kafka-cluster";
import type { TableGrants } from "../confluent/table-grants";
import { DataSize } from "../core/data-size";
import { Duration } from "../core/duration";
import { recordLineage } from "../core/lineage";
import type { ResourceNames } from "../core/naming";
import { validate } from "../core/validation";
import type { FlinkCredentialProps } from "./flink-credential";
import { deployerZip } from "./flink-deployer/content";
import { deployerEvents, placeOf, type DeployerEvents } from "./flink-deployer/events";
import { DeployerInvocations } from "./flink-deployer/invocations";
import { readPipeline, type FlinkEngine, type Pipeline } from "./flink-deployer/pipeline";
import { applicationRules, type JobTable } from "./flink-deployer/rules";
import { statementsOf, type StatementSettings } from "./flink-deployer/statements";

export interface FlinkApplicationProps extends StatementSettings, Partial<LambdaSettings> {
  readonly names: ResourceNames;
  readonly account: AwsAccount;

  /** What all its statements' names begin with, lower-case kebab-case. Unique in the Confluent environment and region. */
  readonly applicationName: string;

  /** Directory with the transform and its `pipeline.json`, such as `pipelines/flight_consolidator`. */
  readonly pipeline: string;

  readonly engine: FlinkEngine;

  /** The deployer with the Table API. @default - none: only the engine `table-api` runs in an image */
  readonly image?: ContainerImage;

  /** Who the statements run as and where, and the secret with which they are submitted. */
  readonly runsAs: FlinkCredentialProps;

  /** Where the tables are. */
  readonly cluster: KafkaCluster;

  /** The tables that the pipeline may name. The principal is granted those that it does name. */
  readonly tables: readonly JobTable[];
  readonly tableGrants: TableGrants;

  /** For how long a new statement must run without an error before the one before it goes. @default 20 seconds */
  readonly bake?: Duration;

  /** Whether the statement before stays, stopped, until the next deployment. @default false */
  readonly keepPrevious?: boolean;

  /** ARNs of the SNS topics that are told of alarms. @default - nobody is told */
  readonly alarmTopicArns?: readonly string[];

  /** Memory of the deployer. @default 2048 MiB for the engine table-api, 256 MiB for compiled */
  readonly memory?: DataSize;

  /** How long a deployment may take. @default 300 seconds, or four minutes more than `bake` */
  readonly timeout?: Duration;

  /** Where new statements begin to read. @default "earliest" */
  readonly start?: StatementSettings["start"];

  /** Further `sql.*` properties of all statements. @default - none */
  readonly properties?: StatementSettings["properties"];

  /** Any text: another one deploys everything again. @default - none */
  readonly redeployNonce?: string;

  /**
   * Name of a statement that others own, whose place the application's only statement takes: it begins at the very records
   * at which that one stops, and stops it. Once it has happened the prop says nothing, and may go.
   *
   * @default - the first statement begins at `start`
   */
  readonly takeOver?: string;
}

const MEMORY: Readonly<Record<FlinkEngine, DataSize>> = {
  "table-api": DataSize.mebibytes(2048),
  compiled: DataSize.mebibytes(256),
};

/**
 * A Table API transform that runs on Confluent Cloud, deployed by a function that Terraform calls: made, changed and
 * deleted like any resource, although no provider knows it. The same transform and settings have the same statement names
 * for ever, so what runs already is left alone; and once a day the function looks whether it still runs.
 */
export class FlinkApplication extends Construct implements FlinkProcess {
  /** Names of the statements that run when this is deployed, by the table that each fills. */
  readonly statementNames: Readonly<Record<string, string>>;

  /** One hash for all of them: what the deployer answers when they run. */
  readonly deployId: string;

  readonly processName: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly resources: readonly TerraformResource[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FlinkApplicationProps,
  ) {
    super(scope, id);
    const { applicationName, engine, runsAs } = props;
    const pipeline = readPipeline(this, props.pipeline, engine);
    const statements = statementsOf(pipeline, props);
    const bake = props.bake ?? Duration.seconds(20);
    const limits = {
      memory: props.memory ?? MEMORY[engine],
      timeout: props.timeout ?? defaultTimeout(bake),
    };
    const ruled = { ...props, ...limits, directory: props.pipeline, pipeline, bake };
    validate(this, applicationRules(this, ruled, statements));

    this.deployId = deployIdOf(
      Object.fromEntries(statements.map(({ logical, name }) => [logical, name])),
    );
    this.statementNames = Object.fromEntries(statements.map(({ sink, name }) => [sink, name]));
    this.processName = applicationName;
    this.reads = pipeline.sources;
    this.writes = pipeline.sinks.map(({ name }) => name);

    const content = {
      ...ruled,
      deployId: this.deployId,
      statements,
      keepPrevious: props.keepPrevious ?? false,
      redeployNonce: props.redeployNonce ?? "",
    };
    const events = deployerEvents(content);
    const deployer = this.deployer(limits, this.code(pipeline), runsAs.secret.secretArn);
    const { deploy } = new DeployerInvocations(this, "Calls", {
      alias: `deploy-${applicationName}`,
      account: props.account,
      function: deployer,
      events,
      deployId: this.deployId,
      statementNames: this.statementNames,
      place: placeOf(content),
      after: this.grants(pipeline),
    });
    this.resources = [deploy];
    this.watch(deployer, events);
    recordLineage(this, {
      kind: "statement",
      name: this.processName,
      reads: this.reads,
      writes: this.writes,
    });
  }

  private code(pipeline: Pipeline): LambdaCode {
    const { image } = this.props;
    return image === undefined ? deployerZip(this, pipeline) : { image };
  }

  private deployer(
    limits: Pick<LambdaSettings, "memory" | "timeout">,
    code: LambdaCode,
    secretArn: string,
  ): LambdaFunction {
    const { names, applicationName } = this.props;
    return new LambdaFunction(this, "Deployer", {
      ...this.props,
      ...limits,
      functionName: names.resource(`${applicationName}-deployer`),
      description: `Deploys the Flink statements of ${applicationName}`,
      code,
      permissions: [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
      ],
    });
  }

  /** Bindings in the application's own stack: there before its statements, and gone after them. */
  private grants({ sources, sinks }: Pipeline): readonly ITerraformDependable[] {
    const { tables, tableGrants, runsAs } = this.props;
    const grantee = runsAs.principal.account.within(this);
    const written = sinks.map(({ name }) => name);
    const bindings = [
      ...tables
        .filter(({ name }) => sources.includes(name))
        .flatMap((table) => tableGrants.read(table, grantee)),
      ...tables
        .filter(({ name }) => written.includes(name))
        .flatMap((table) => tableGrants.write(table, grantee)),
    ];
    return [...new Set(bindings.map(({ dependable }) => dependable))];
  }

  private watch(deployer: LambdaFunction, events: DeployerEvents): void {
    const { alarmTopicArns, applicationName } = this.props;
    new DailySchedule(this, "Status", {
      function: deployer,
      description: `Looks whether the statements of ${applicationName} still run`,
      input: events.status,
    });
    new LambdaAlarms(this, "Alarms", { function: deployer, topicArns: alarmTopicArns });
    new CloudwatchMetricAlarm(this, "Drift", {
      alarmName: `${deployer.functionName}-drift`,
      alarmDescription: `What runs for ${applicationName} is not what was deployed.`,
      namespace: "StreamingLakehouse/Flink",
      metricName: "Drift",
      dimensions: { FunctionName: deployer.functionName },
      statistic: "Maximum",
      period: 86_400,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      // Until the next look, what the last one found is true.
      treatMissingData: "ignore",
      ...alarmActions(alarmTopicArns),
    });
  }
}

function defaultTimeout(bake: Duration): Duration {
  return Duration.milliseconds(Math.max(300_000, bake.toMilliseconds() + 240_000));
}
