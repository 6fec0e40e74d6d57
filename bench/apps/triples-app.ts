import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import { App, Aspects, TerraformStack } from "cdktf";

import { Environment } from "../../constructs/confluent/environment";
import type { FlinkAccess } from "../../constructs/confluent/flink-access";
import { Evolution } from "../../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../../constructs/confluent/flink-statement";
import { KafkaCluster } from "../../constructs/confluent/kafka-cluster";
import { KafkaClusterTier } from "../../constructs/confluent/kafka-cluster-tier";
import { KafkaTopic } from "../../constructs/confluent/kafka-topic";
import { SchemaRegistry } from "../../constructs/confluent/schema-registry";
import type { StreamsAccess } from "../../constructs/confluent/streams-access";
import { Subject } from "../../constructs/confluent/subject";
import { ProtectStatefulResources } from "../../constructs/core/aspects/protect-stateful-resources";

/** Topics, each with the schema of its values and a statement that fills it, as this project writes them. */
class TriplesStack extends TerraformStack {
  constructor(scope: App, id: string, triples: number) {
    super(scope, id);
    Aspects.of(this).add(new ProtectStatefulResources());
    new AwsProvider(this, "Aws", { region: "us-east-1" });
    const provider = new ConfluentProvider(this, "Confluent");
    const streams = this.streams(provider);
    const none = (): [] => [];
    // The template's side binds no roles, so neither does this one.
    const access: FlinkAccess = {
      provider,
      principalName: "analytics",
      poolName: "statements",
      grantRead: none,
      grantWrite: none,
      grantOwn: none,
    };
    for (let index = 0; index < triples; index += 1) {
      const topic = new KafkaTopic(this, `Topic${index}`, {
        streams,
        topicName: `topic_${index}`,
      });
      new Subject(topic, "Value", {
        streams,
        topic,
        part: "value",
        schemaFile: "pipelines/schemas/flight.avsc",
      });
      new FlinkStatement(topic, "Statement", {
        access,
        statementName: `statement-${index}`,
        directory: "pipelines/flight_union",
        catalog: "lakehouse-bench",
        database: "lakehouse-bench",
        tables: [{ name: "skyone_avro" }, { name: "sunset_avro" }, { name: "flight_union" }],
        evolution: Evolution.recreate({ state: "discarded", reads: "earliest" }),
      });
    }
  }

  private streams(provider: ConfluentProvider): StreamsAccess {
    const environment = new Environment(this, "Environment", {
      displayName: "bench",
      governancePackage: "ESSENTIALS",
    });
    const cluster = new KafkaCluster(this, "Cluster", {
      environment,
      displayName: "bench",
      tier: KafkaClusterTier.standard(),
      availability: "LOW",
      region: "us-east-1",
    });
    return {
      provider,
      cluster,
      registry: new SchemaRegistry(this, "Registry", { environment, cluster }),
    };
  }
}

const [triples, outdir] = process.argv.slice(2);
const app = new App({ outdir });
new TriplesStack(app, "triples", Number(triples));
app.synth();
