import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { FlinkApplicationStack } from "./flink-application-stack";
import type { FlinkStackProps } from "./flink-stack";

/** How much each flyer has flown. */
export class FlyerStatsStack extends FlinkApplicationStack {
  constructor(scope: App, config: EnvironmentConfig, props: FlinkStackProps) {
    super(scope, config, { ...props, stackName: "flyer-stats" });
    this.application("Application", {
      applicationName: "flyer-stats",
      pipeline: "pipelines/flyer_stats",
      engine: "compiled",
      runsAs: props.platform.flyerStats,
      // It counts anew from the first flight that the topic keeps, and writes its rows again: readers take a flyer's last.
      strategy: "replace",
      start: "earliest",
    });
  }
}
