import { environments } from "../../../config/load-environment";
import type { EnvironmentConfig } from "../../../config/environment-config";
import { EventStreamsStack } from "../../../stacks/event-streams-stack";
import { FlightAnalyticsStack } from "../../../stacks/flight-analytics-stack";
import { StreamingCredentialsStack } from "../../../stacks/streaming-credentials-stack";
import { StreamingPlatformStack } from "../../../stacks/streaming-platform-stack";
import { newApp, synthApp, type SynthesizedStack } from "../../support/synth";

/** The application's stacks for an environment, by full name, as `cdktf synth` writes them. */
export function applicationStacks(
  name: EnvironmentConfig["name"],
): Readonly<Record<string, SynthesizedStack>> {
  const environment = environments.find((candidate) => candidate.name === name);
  if (!environment) throw new Error(`there is no environment ${name}`);
  const app = newApp();
  const platform = new StreamingPlatformStack(app, environment);
  const credentials = new StreamingCredentialsStack(app, environment, { platform });
  const streams = new EventStreamsStack(app, environment, { platform, credentials });
  new FlightAnalyticsStack(app, environment, { platform, credentials, streams });
  return synthApp(app).stacks;
}
