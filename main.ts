import { App } from "cdktf";

import { loadEnvironment } from "./config/load-environment";
import { InvalidValueError } from "./constructs/core/errors";
import { EventStreamsStack } from "./stacks/event-streams-stack";
import { FlightAnalyticsStack } from "./stacks/flight-analytics-stack";
import { StreamingCredentialsStack } from "./stacks/streaming-credentials-stack";
import { StreamingPlatformStack } from "./stacks/streaming-platform-stack";

try {
  const environment = loadEnvironment(process.env["DEPLOY_ENVIRONMENT"]);
  const app = new App();

  const platform = new StreamingPlatformStack(app, environment);
  const credentials = new StreamingCredentialsStack(app, environment, { platform });
  const streams = new EventStreamsStack(app, environment, { platform, credentials });
  new FlightAnalyticsStack(app, environment, { platform, credentials, streams });

  app.synth();
} catch (error) {
  // What a person wrote wrongly is told in a sentence; anything else is our defect and keeps its stack trace.
  if (!(error instanceof InvalidValueError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
