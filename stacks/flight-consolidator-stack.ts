import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { deployerImage } from "../constructs/patterns/flink-deployer/content";
import type { DeliveryFoundationStack } from "./delivery-foundation-stack";
import { FlinkApplicationStack } from "./flink-application-stack";
import type { FlinkStackProps } from "./flink-stack";

export interface FlightConsolidatorStackProps extends FlinkStackProps {
  readonly foundation: DeliveryFoundationStack;
}

/** The flights of all airlines in one table. */
export class FlightConsolidatorStack extends FlinkApplicationStack {
  constructor(scope: App, config: EnvironmentConfig, props: FlightConsolidatorStackProps) {
    super(scope, config, { ...props, stackName: "flight-consolidator" });
    const { flinkEngine: engine = "table-api" } = config.streaming;
    const images = props.foundation.flinkDeployerImages;
    this.application("Application", {
      applicationName: "flight-consolidator",
      pipeline: "pipelines/flight_consolidator",
      engine,
      ...(engine === "table-api" ? { image: deployerImage(this, "Image", images) } : {}),
      runsAs: props.platform.flightConsolidator,
      strategy: "carry_over",
    });
  }
}
