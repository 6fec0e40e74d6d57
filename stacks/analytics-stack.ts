import type { App } from "cdktf";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../config/environment-config";
import { ParameterMemory } from "../constructs/aws/parameter-memory";
import type { FlinkAccess } from "../constructs/confluent/flink-access";
import { Evolution } from "../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../constructs/confluent/flink-statement";
import { BaseStack } from "./base-stack";
import type { EventStreamsStack } from "./event-streams-stack";
import type { StreamingCredentialsStack } from "./streaming-credentials-stack";
import type { StreamingPlatformStack } from "./streaming-platform-stack";
import { tables } from "./tables";

export interface AnalyticsStackProps {
  readonly platform: StreamingPlatformStack;
  readonly credentials: StreamingCredentialsStack;
  readonly streams: EventStreamsStack;
}

/** What stacks with SQL statements share. */
export abstract class AnalyticsStack extends BaseStack {
  private readonly platform: StreamingPlatformStack;
  private readonly memories = new Construct(this, "Memories");

  constructor(
    scope: App,
    config: EnvironmentConfig,
    props: AnalyticsStackProps & { readonly stackName: string },
  ) {
    super(scope, config, props.stackName);
    this.platform = props.platform;
    // Statements name their tables in SQL, and their key is read from the secret: no reference shows either.
    this.addDependency(props.streams);
    this.addDependency(props.credentials);
  }

  /** A statement without state, whose versions are in `pipelines/<pipeline>`. */
  protected statement(id: string, pipeline: string, access: FlinkAccess): FlinkStatement {
    const name = pipeline.replaceAll("_", "-");
    return new FlinkStatement(this, id, {
      access,
      statementName: this.names.resource(name),
      directory: `pipelines/${pipeline}`,
      catalog: this.platform.confluentEnvironment.displayName,
      database: this.platform.cluster.displayName,
      tables: Object.values(tables),
      evolution: Evolution.carryOver({
        memory: new ParameterMemory(this.memories, id, {
          path: this.names.path("flink_statements", name),
          parameterName: "memory",
        }),
      }),
    });
  }
}
