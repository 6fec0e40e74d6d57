import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { App } from "cdktf";

import type { EnvironmentConfig } from "../../config/environment-config";
import { sandbox } from "../../config/environments/sandbox";
import { ParameterMemory } from "../../constructs/aws/parameter-memory";
import { Evolution } from "../../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../../constructs/confluent/flink-statement";
import { PrincipalFlinkAccess } from "../../constructs/patterns/flink-credential";
import { EventStreamsStack } from "../../stacks/event-streams-stack";
import { FlinkApplicationStack } from "../../stacks/flink-application-stack";
import { FlinkStack, type FlinkStackProps } from "../../stacks/flink-stack";
import { StreamingCredentialsStack } from "../../stacks/streaming-credentials-stack";
import { StreamingPlatformStack } from "../../stacks/streaming-platform-stack";
import { tables } from "../../stacks/tables";
import { temporaryDirectory } from "../support/temporary-directory";

const COLUMNS = [
  ...["email_address", "departure_time", "departure_airport_code", "arrival_time"],
  ...["arrival_airport_code", "flight_number", "confirmation_code"],
].join(", ");

/** What fills the flights' table before the job does. */
const SQL =
  `INSERT INTO flight_avro (${COLUMNS}, airline)\n` +
  `SELECT ${COLUMNS}, 'SkyOne' AS airline FROM skyone_avro\nUNION ALL\n` +
  `SELECT ${COLUMNS}, 'Sunset' AS airline FROM sunset_avro`;

/** A statement of Terraform's, with a principal of its own. */
class StatementStack extends FlinkStack {
  readonly statementName: string;

  constructor(
    scope: App,
    config: EnvironmentConfig,
    props: FlinkStackProps & { directory: string },
  ) {
    super(scope, config, { ...props, stackName: "flight-analytics" });
    const { platform, directory } = props;
    this.statementName = new FlinkStatement(this, "Flights", {
      access: new PrincipalFlinkAccess(this, "Flink", {
        ...platform.stockAnalytics,
        tables: platform.tableGrants,
      }),
      statementName: this.names.resource("flights"),
      directory,
      catalog: platform.confluentEnvironment.displayName,
      database: platform.cluster.displayName,
      tables: Object.values(tables),
      evolution: Evolution.carryOver({
        memory: new ParameterMemory(this, "Memory", {
          path: this.names.path("flink_statements", "flights"),
          parameterName: "memory",
        }),
      }),
    }).statementName;
  }
}

/** The job that takes its place. */
class JobStack extends FlinkApplicationStack {
  constructor(
    scope: App,
    config: EnvironmentConfig,
    props: FlinkStackProps & { takeOver?: string },
  ) {
    super(scope, config, { ...props, stackName: "flight-consolidator" });
    this.application("Application", {
      applicationName: "flight-consolidator",
      pipeline: "pipelines/flight_consolidator",
      engine: "compiled",
      runsAs: props.platform.flightConsolidator,
      strategy: "carry_over",
      ...(props.takeOver !== undefined && { takeOver: props.takeOver }),
    });
  }
}

/** The names of all stacks, in the order in which they are deployed. */
export const stackNames = [
  "streaming-platform",
  "streaming-credentials",
  "event-streams",
  "flight-analytics",
  "flight-consolidator",
].map((name) => `lakehouse-sandbox-${name}`);

/** One synthesis: the folder, and the name of the statement that Terraform runs. */
export interface Synthesized {
  readonly directory: string;
  readonly statementName: string;
}

/** Synthesizes with a job that takes the statement over, or with one that knows nothing of it. */
export function synthesize(options: { readonly takesOver: boolean }): Synthesized {
  const app = new App({ outdir: temporaryDirectory(), skipValidation: false });
  const directory = join(temporaryDirectory(), "flights");
  mkdirSync(directory);
  writeFileSync(join(directory, "v1.sql"), SQL);
  const platform = new StreamingPlatformStack(app, sandbox);
  const credentials = new StreamingCredentialsStack(app, sandbox, { platform });
  const streams = new EventStreamsStack(app, sandbox, { platform, credentials });
  const props = { platform, credentials, streams };
  const { statementName } = new StatementStack(app, sandbox, { ...props, directory });
  new JobStack(app, sandbox, { ...props, ...(options.takesOver && { takeOver: statementName }) });
  app.synth();
  return { directory: app.outdir, statementName };
}
