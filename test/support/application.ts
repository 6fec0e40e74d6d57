import type { EnvironmentConfig } from "../../config/environment-config";
import { EventStreamsStack } from "../../stacks/event-streams-stack";
import { FlightAnalyticsStack } from "../../stacks/flight-analytics-stack";
import { StreamingCredentialsStack } from "../../stacks/streaming-credentials-stack";
import { StreamingPlatformStack } from "../../stacks/streaming-platform-stack";
import { newApp, synthApp, type SynthesizedApp } from "./synth";

/** The whole application in one environment, wired as `main.ts` wires it. */
export function application(environment: EnvironmentConfig): SynthesizedApp {
  const app = newApp();
  const platform = new StreamingPlatformStack(app, environment);
  const credentials = new StreamingCredentialsStack(app, environment, { platform });
  const streams = new EventStreamsStack(app, environment, { platform, credentials });
  new FlightAnalyticsStack(app, environment, { platform, credentials, streams });
  return synthApp(app);
}
