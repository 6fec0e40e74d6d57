import { readFileSync } from "node:fs";

import * as aws from "@cdktf/provider-aws";
import { flinkStatement, kafkaTopic, provider, schema } from "@cdktf/provider-confluent";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";

/** The triples of bench/apps/triples-app.ts, written as the template's documentation writes resources. */
class MyStack extends TerraformStack {
  constructor(scope: Construct, id: string, triples: number) {
    super(scope, id);
    new aws.provider.AwsProvider(this, "Aws", { region: "us-east-1" });
    new provider.ConfluentProvider(this, "Confluent");
    const avro = JSON.stringify(JSON.parse(readFileSync("pipelines/schemas/flight.avsc", "utf8")));
    const sql = readFileSync("pipelines/flight_union/v1.sql", "utf8").trim();
    for (let index = 0; index < triples; index += 1) {
      new kafkaTopic.KafkaTopic(this, `Topic${index}`, {
        topicName: `topic_${index}`,
        partitionsCount: 6,
        config: { "retention.ms": "604800000" },
        lifecycle: { preventDestroy: true },
      });
      new schema.Schema(this, `Value${index}`, {
        subjectName: `topic_${index}-value`,
        format: "AVRO",
        schema: avro,
        lifecycle: { preventDestroy: true },
      });
      new flinkStatement.FlinkStatement(this, `Statement${index}`, {
        statementName: `statement-${index}`,
        statement: sql,
        properties: {
          "sql.current-catalog": "lakehouse-bench",
          "sql.current-database": "lakehouse-bench",
        },
      });
    }
  }
}

const [triples, outdir] = process.argv.slice(2);
const app = new App({ outdir });
new MyStack(app, "triples", Number(triples));
app.synth();
