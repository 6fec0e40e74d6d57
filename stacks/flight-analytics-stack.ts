import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { FlinkStatement } from "../constructs/confluent/flink-statement";
import { PrincipalFlinkAccess } from "../constructs/patterns/flink-credential";
import { BaseStack } from "./base-stack";
import type { EventStreamsStack } from "./event-streams-stack";
import type { StreamingCredentialsStack } from "./streaming-credentials-stack";
import type { StreamingPlatformStack } from "./streaming-platform-stack";

export interface FlightAnalyticsStackProps {
  readonly platform: StreamingPlatformStack;
  readonly credentials: StreamingCredentialsStack;
  readonly streams: EventStreamsStack;
}

/** SQL over the flights of both airlines. */
export class FlightAnalyticsStack extends BaseStack {
  constructor(scope: App, config: EnvironmentConfig, props: FlightAnalyticsStackProps) {
    super(scope, config, "flight-analytics");
    const { platform } = props;
    // The statement names its tables in SQL, and the key is read from the secret: no reference shows either.
    this.addDependency(props.streams);
    this.addDependency(props.credentials);
    const access = new PrincipalFlinkAccess(this, "Flink", {
      organization: platform.organization,
      region: platform.flinkRegion,
      principal: platform.flightAnalytics,
      pool: platform.pool,
      secret: platform.flightAnalyticsSecret,
    });
    new FlinkStatement(this, "FlightUnion", {
      access,
      statementName: this.names.resource("flight-union"),
      sqlFile: "pipelines/flight_union/flight_union.sql",
      catalog: platform.pool.environment.displayName,
      database: platform.cluster.displayName,
    });
  }
}
