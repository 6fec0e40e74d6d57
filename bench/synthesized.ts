import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What both apps must have written, so that the comparison is of like with like. */
const TRIPLE = ["confluent_flink_statement", "confluent_kafka_topic", "confluent_schema"];

/** @throws Error when a synthesis did not write one resource of each kind a triple. */
export function requireTriples(outdir: string, triples: number): void {
  const file = join(outdir, "stacks/triples/cdk.tf.json");
  const { resource = {} } = JSON.parse(readFileSync(file, "utf8")) as {
    resource?: Record<string, object>;
  };
  for (const type of TRIPLE) {
    const count = Object.keys(resource[type] ?? {}).length;
    if (count !== triples) {
      throw new Error(`${file} must hold ${triples} ${type}, holds ${count}`);
    }
  }
}
