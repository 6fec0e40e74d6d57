import { Construct } from "constructs";

import { ParameterMemory } from "../constructs/aws/parameter-memory";
import type { FlinkAccess } from "../constructs/confluent/flink-access";
import { Evolution } from "../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../constructs/confluent/flink-statement";
import { FlinkStack } from "./flink-stack";
import { tables } from "./tables";

/** What stacks with SQL statements share. */
export abstract class AnalyticsStack extends FlinkStack {
  private readonly memories = new Construct(this, "Memories");

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
