import { Annotations, TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";

import { allowsDataLoss } from "../data-protection";

/** Resource types whose destruction loses data that no apply brings back. */
const STATEFUL_TYPES: ReadonlySet<string> = new Set([
  "aws_ecr_repository",
  "confluent_environment",
  "confluent_flink_materialized_table",
  "confluent_kafka_cluster",
  "confluent_kafka_topic",
  "confluent_schema",
]);

/** Stops the synthesis when a stateful resource could be destroyed although the environment keeps its data. */
export class ProtectStatefulResources implements IAspect {
  visit(node: IConstruct): void {
    if (
      node instanceof TerraformResource &&
      STATEFUL_TYPES.has(node.terraformResourceType) &&
      node.lifecycle?.preventDestroy !== true &&
      !allowsDataLoss(node)
    ) {
      Annotations.of(node).addError(
        `${node.terraformResourceType} holds data but may be destroyed: pass its lifecycle through protectedLifecycle()`,
      );
    }
  }
}
