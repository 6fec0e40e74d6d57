import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { BaseStack } from "./base-stack";
import type { EventStreamsStack } from "./event-streams-stack";
import type { StreamingCredentialsStack } from "./streaming-credentials-stack";
import type { StreamingPlatformStack } from "./streaming-platform-stack";

export interface FlinkStackProps {
  readonly platform: StreamingPlatformStack;
  readonly credentials: StreamingCredentialsStack;
  readonly streams: EventStreamsStack;
}

/** What stacks with Flink statements share, whoever submits them. */
export abstract class FlinkStack extends BaseStack {
  protected readonly platform: StreamingPlatformStack;

  constructor(
    scope: App,
    config: EnvironmentConfig,
    props: FlinkStackProps & { readonly stackName: string },
  ) {
    super(scope, config, props.stackName);
    this.platform = props.platform;
    // Statements name their tables in SQL, and their key is read from the secret: no reference shows either.
    this.addDependency(props.streams);
    this.addDependency(props.credentials);
  }
}
