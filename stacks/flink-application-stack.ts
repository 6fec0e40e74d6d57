import {
  FlinkApplication,
  type FlinkApplicationProps,
} from "../constructs/patterns/flink-application";
import { Duration } from "../constructs/core/duration";
import { FlinkStack } from "./flink-stack";
import { tables } from "./tables";

/** What the platform and the environment's configuration say of every job. */
type Common = "account" | "bake" | "cluster" | "names" | "tableGrants" | "tables";

/** What stacks with Table API jobs share. */
export abstract class FlinkApplicationStack extends FlinkStack {
  protected application(id: string, props: Omit<FlinkApplicationProps, Common>): FlinkApplication {
    return new FlinkApplication(this, id, {
      names: this.names,
      account: this.awsAccount,
      cluster: this.platform.cluster,
      tables: Object.values(tables),
      tableGrants: this.platform.tableGrants,
      bake: Duration.seconds(this.environment.streaming.flinkBakeSeconds ?? 20),
      ...props,
    });
  }
}
