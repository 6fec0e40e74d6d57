import type { KafkaCluster } from "../../confluent/kafka-cluster";
import type { Duration } from "../../core/duration";
import { withoutTemplates } from "../../core/source-file";
import type { FlinkCredentialProps } from "../flink-credential";
import type { FlinkEngine, Pipeline } from "./pipeline";
import type { DeployedStatement } from "./statements";

/** Version of what deployer and construct have agreed on. */
const SCHEMA_VERSION = 1;

/** Seconds that a call keeps for what comes after it has waited: to undo, and to say what went wrong. */
const RESERVE = 60;

/** What an event is made of. */
export interface EventContent {
  readonly applicationName: string;
  readonly engine: FlinkEngine;
  readonly pipeline: Pipeline;
  readonly deployId: string;
  readonly statements: readonly DeployedStatement[];
  readonly runsAs: FlinkCredentialProps;
  readonly cluster: KafkaCluster;
  readonly timeout: Duration;
  readonly bake: Duration;
  readonly keepPrevious: boolean;
  readonly redeployNonce: string;
}

/** The calls of a deployer, each as JSON. None of them holds a secret: inputs and results are in Terraform's state. */
export interface DeployerEvents {
  readonly deploy: string;
  readonly teardown: string;

  /** Whether what runs is what was deployed. */
  readonly status: string;
}

/** How long a call may wait for a statement, in seconds. */
export function waitSeconds(timeout: Duration): number {
  return timeout.toMilliseconds() / 1000 - RESERVE;
}

/** The events of an application. Unknown keys are refused by the deployer, so each event has its own and no other. */
export function deployerEvents(content: EventContent): DeployerEvents {
  const { runsAs, applicationName, pipeline } = content;
  const common = {
    schema_version: SCHEMA_VERSION,
    target: targetOf(content),
    secret_arn: runsAs.secret.secretArn,
  };
  const wait = { wait_timeout_s: waitSeconds(content.timeout) };
  const deploy = {
    ...common,
    role: "deploy",
    engine: content.engine,
    app: {
      name: applicationName,
      pipeline: pipeline.name,
      pipeline_digest: pipeline.digest,
      deploy_id: content.deployId,
    },
    statements: content.statements.map((statement) => ({
      ...statement,
      properties: literal(statement.properties),
    })),
    options: {
      ...wait,
      bake_s: content.bake.toMilliseconds() / 1000,
      keep_previous: content.keepPrevious,
      dry_run: false,
      redeploy_nonce: withoutTemplates(content.redeployNonce),
    },
  };
  return {
    // Terraform tells a call that it makes once nothing of what it does.
    deploy: JSON.stringify({ ...deploy, action: "deploy" }),
    teardown: JSON.stringify({
      ...common,
      role: "teardown",
      app: { name: applicationName },
      options: wait,
    }),
    status: JSON.stringify({ ...deploy, action: "status" }),
  };
}

/** What makes an application's place: when one of these changes, the old place is cleaned first. */
export function placeOf({
  applicationName,
  runsAs,
}: EventContent): Readonly<Record<string, string>> {
  return {
    application: applicationName,
    organization: runsAs.organization.organizationId,
    environment: runsAs.pool.environment.environmentId,
    region: runsAs.region.region,
  };
}

function targetOf({ runsAs, cluster }: EventContent): object {
  const { organization, pool, principal, region } = runsAs;
  return {
    organization_id: organization.organizationId,
    environment_id: pool.environment.environmentId,
    compute_pool_id: pool.computePoolId,
    principal_id: principal.account.serviceAccountId,
    cloud: region.cloud,
    region: region.region,
    rest_endpoint: region.restEndpoint,
    catalog: pool.environment.displayName,
    database: cluster.displayName,
  };
}

function literal(properties: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, withoutTemplates(value)]),
  );
}
