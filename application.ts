import { App } from "cdktf";

import type { EnvironmentConfig } from "./config/environment-config";
import { DeliveryFoundationStack } from "./stacks/delivery-foundation-stack";
import { EventStreamsStack } from "./stacks/event-streams-stack";
import { FlightConsolidatorStack } from "./stacks/flight-consolidator-stack";
import { FlyerStatsStack } from "./stacks/flyer-stats-stack";
import { StockAnalyticsStack } from "./stacks/stock-analytics-stack";
import { StreamingCredentialsStack } from "./stacks/streaming-credentials-stack";
import { StreamingPlatformStack } from "./stacks/streaming-platform-stack";

/** Every stack of one environment, in the order in which each is deployed; nothing is synthesized yet. */
export function createApplication(environment: EnvironmentConfig, app = new App()): App {
  const foundation = new DeliveryFoundationStack(app, environment);
  const platform = new StreamingPlatformStack(app, environment);
  const credentials = new StreamingCredentialsStack(app, environment, { platform });
  const streams = new EventStreamsStack(app, environment, { platform, credentials });
  const flink = { platform, credentials, streams };
  new FlightConsolidatorStack(app, environment, { foundation, ...flink });
  new FlyerStatsStack(app, environment, flink);
  new StockAnalyticsStack(app, environment, flink);
  return app;
}
