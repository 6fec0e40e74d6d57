import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { ParameterMemory } from "../constructs/aws/parameter-memory";
import type { SecretValue } from "../constructs/aws/secret";
import { RotatingApiKey } from "../constructs/confluent/rotating-api-key";
import { Duration } from "../constructs/core/duration";
import { KeyRotation } from "../constructs/core/key-rotation";
import { PublishedClientCredentials } from "../constructs/patterns/client-credentials";
import { PublishedFlinkCredential } from "../constructs/patterns/flink-credential";
import { PublishedStreamsCredential } from "../constructs/patterns/streams-credential";
import { PublishedTableflowCredential } from "../constructs/patterns/tableflow-credential";
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
    const rotation = this.keyRotation();
    const { cluster, registry } = platform;
    const published = [
      new PublishedStreamsCredential(this, "Streams", {
        rotation,
        owner: platform.streamsManager,
        cluster,
        registry,
        secret: platform.streamsSecret,
      }),
      ...this.flinkCredentials(platform, rotation),
      new PublishedClientCredentials(this, "AppProducer", {
        rotation,
        owner: platform.appProducer,
        cluster,
        registry,
        secrets: platform.appProducerSecrets,
      }),
      new PublishedClientCredentials(this, "AppConsumer", {
        rotation,
        owner: platform.appConsumer,
        cluster,
        registry,
        secrets: platform.appConsumerSecrets,
      }),
      new PublishedTableflowCredential(this, "Tableflow", {
        rotation,
        owner: platform.tableflowManager,
        environment: platform.confluentEnvironment,
        cluster,
        secret: platform.tableflowSecret,
      }),
    ];
    rotation.remember(published.flatMap(({ values }) => values.map(writtenBy)));
  }

  private keyRotation(): KeyRotation {
    const { keyRotationDays = 30, keysKept = 2 } = this.environment.streaming;
    return new KeyRotation(this, "Rotation", {
      memory: new ParameterMemory(this, "RotationMemory", {
        path: this.names.path("streaming-credentials"),
        parameterName: "rotation",
      }),
      period: Duration.days(keyRotationDays),
      keep: keysKept,
    });
  }

  private flinkCredentials(
    platform: StreamingPlatformStack,
    rotation: KeyRotation,
  ): PublishedFlinkCredential[] {
    const key = new RotatingApiKey(this, "FlinkKey", {
      rotation,
      owner: platform.flinkDeployer,
      opens: platform.flinkRegion.toManagedResource(platform.confluentEnvironment),
    });
    return [
      new PublishedFlinkCredential(this, "FlightConsolidator", {
        key,
        ...platform.flightConsolidator,
      }),
      new PublishedFlinkCredential(this, "FlyerStats", { key, ...platform.flyerStats }),
      new PublishedFlinkCredential(this, "StockAnalytics", { key, ...platform.stockAnalytics }),
    ];
  }
}

function writtenBy(value: SecretValue): SecretValue["dependable"] {
  return value.dependable;
}
