import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { FlinkPipeline } from "../constructs/confluent/flink-pipeline";
import { PrincipalFlinkAccess } from "../constructs/patterns/flink-credential";
import { AnalyticsStack, type AnalyticsStackProps } from "./analytics-stack";

/** SQL over the flights of both airlines. */
export class FlightAnalyticsStack extends AnalyticsStack {
  constructor(scope: App, config: EnvironmentConfig, props: AnalyticsStackProps) {
    super(scope, config, { ...props, stackName: "flight-analytics" });
    const { platform } = props;
    const access = new PrincipalFlinkAccess(this, "Flink", {
      organization: platform.organization,
      region: platform.flinkRegion,
      principal: platform.flightAnalytics,
      pool: platform.flightAnalyticsPool,
      secret: platform.flightAnalyticsSecret,
      tables: platform.tableGrants,
    });
    new FlinkPipeline(this, "Pipeline", {
      processes: [this.statement("FlightUnion", "flight_union", access)],
    });
  }
}
