import { App } from "cdktf";

import type { EnvironmentConfig } from "./config/environment-config";
import { EventStreamsStack } from "./stacks/event-streams-stack";
import { FlightAnalyticsStack } from "./stacks/flight-analytics-stack";
import { StockAnalyticsStack } from "./stacks/stock-analytics-stack";
import { StreamingCredentialsStack } from "./stacks/streaming-credentials-stack";
import { StreamingPlatformStack } from "./stacks/streaming-platform-stack";

/** Every stack of one environment, in the order in which data flows; nothing is synthesized yet. */
export function createApplication(environment: EnvironmentConfig, app = new App()): App {
  const platform = new StreamingPlatformStack(app, environment);
  const credentials = new StreamingCredentialsStack(app, environment, { platform });
  const streams = new EventStreamsStack(app, environment, { platform, credentials });
  new FlightAnalyticsStack(app, environment, { platform, credentials, streams });
  new StockAnalyticsStack(app, environment, { platform, credentials, streams });
  return app;
}
