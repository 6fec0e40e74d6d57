import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import { App, Aspects, TerraformStack } from "cdktf";

import { FlinkStatement } from "../../constructs/confluent/flink-statement";
import { KafkaTopic } from "../../constructs/confluent/kafka-topic";
import { Subject } from "../../constructs/confluent/subject";
import { ProtectStatefulResources } from "../../constructs/core/aspects/protect-stateful-resources";

/** Topics, each with the schema of its values and a statement that fills it, as this project writes them. */
class TriplesStack extends TerraformStack {
  constructor(scope: App, id: string, triples: number) {
    super(scope, id);
    Aspects.of(this).add(new ProtectStatefulResources());
    new AwsProvider(this, "Aws", { region: "us-east-1" });
    const provider = new ConfluentProvider(this, "Confluent");
    const access = { provider, principalName: "analytics", poolName: "statements" };
    for (let index = 0; index < triples; index += 1) {
      const topic = new KafkaTopic(this, `Topic${index}`, {
        streams: provider,
        topicName: `topic_${index}`,
      });
      new Subject(topic, "Value", {
        streams: provider,
        topic,
        part: "value",
        schemaFile: "pipelines/schemas/flight.avsc",
      });
      new FlinkStatement(topic, "Statement", {
        access,
        statementName: `statement-${index}`,
        sqlFile: "pipelines/flight_union/flight_union.sql",
        catalog: "lakehouse-bench",
        database: "lakehouse-bench",
      });
    }
  }
}

const [triples, outdir] = process.argv.slice(2);
const app = new App({ outdir });
new TriplesStack(app, "triples", Number(triples));
app.synth();
