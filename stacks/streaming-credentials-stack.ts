import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { PublishedFlinkCredential } from "../constructs/patterns/flink-credential";
import { PublishedStreamsCredential } from "../constructs/patterns/streams-credential";
import { BaseStack } from "./base-stack";
import type { StreamingPlatformStack } from "./streaming-platform-stack";

export interface StreamingCredentialsStackProps {
  readonly platform: StreamingPlatformStack;
}

/**
 * Every API key, and nothing else. A key's secret is always in the state of the stack that owns it; therefore no
 * other stack reads this one's state, and the others find the keys in Secrets Manager.
 */
export class StreamingCredentialsStack extends BaseStack {
  constructor(scope: App, config: EnvironmentConfig, { platform }: StreamingCredentialsStackProps) {
    super(scope, config, "streaming-credentials");
    new PublishedStreamsCredential(this, "Streams", {
      displayName: this.names.resource("streams-manager"),
      owner: platform.streamsManager,
      cluster: platform.cluster,
      registry: platform.registry,
      secret: platform.streamsSecret,
    });
    new PublishedFlinkCredential(this, "FlightAnalytics", {
      principal: platform.flightAnalytics,
      pool: platform.pool,
      region: platform.flinkRegion,
      secret: platform.flightAnalyticsSecret,
    });
  }
}
