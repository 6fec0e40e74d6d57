import { Connector } from "@cdktf/provider-confluent/lib/connector";
import { Construct } from "constructs";

import { recordLineage } from "../core/lineage";
import { validate } from "../core/validation";
import type { KafkaTopic } from "./kafka-topic";
import type { ServiceAccount } from "./service-account";
import type { Subject } from "./subject";

/** Kinds of sample records, by the connector's names. */
export type DatagenQuickstart = "ORDERS" | "PAGEVIEWS" | "RATINGS" | "STOCK_TRADES" | "USERS";

/** The connector's names for what the registry calls a format. */
const OUTPUT_FORMATS = { AVRO: "AVRO", JSON: "JSON_SR" } as const;

export interface DatagenConnectorProps {
  /** Shown in Confluent Cloud; unique in the cluster. It cannot be changed later. */
  readonly connectorName: string;

  /** The identity that the connector writes as. */
  readonly account: ServiceAccount;

  readonly topic: KafkaTopic;

  /** The schema of the topic's values; it must be the one of the sample records. */
  readonly value: Subject;

  readonly quickstart: DatagenQuickstart;

  /** How many tasks write at once. @default 1 */
  readonly tasks?: number;
}

/**
 * A connector that writes sample records into a topic for as long as it exists.
 *
 * Its account may write the topic and read the schema, through role bindings that come before the connector and go after
 * it. ACLs on the cluster, on topics named like the connector and on its own data preview are what older examples add;
 * with roles it needs none of them.
 *
 * @see https://docs.confluent.io/cloud/current/connectors/cc-datagen-source.html
 */
export class DatagenConnector extends Construct {
  constructor(scope: Construct, id: string, props: DatagenConnectorProps) {
    super(scope, id);
    const { account, topic, value, tasks = 1 } = props;
    validate(this, [
      [
        !/^[A-Za-z0-9._-]+$/.test(props.connectorName),
        `connectorName must be letters, digits, ".", "_" or "-", got ${JSON.stringify(props.connectorName)}`,
      ],
      [
        !Number.isSafeInteger(tasks) || tasks < 1,
        `tasks must be a whole number of at least 1, got ${tasks}`,
      ],
      [
        value.subjectName !== `${topic.topicName}-value`,
        `value must be the subject of the topic's values, ${topic.topicName}-value, got ${value.subjectName}`,
      ],
    ]);
    recordLineage(this, {
      kind: "connector",
      name: props.connectorName,
      reads: [],
      writes: [topic.topicName],
    });
    const grantee = account.within(this);
    const bindings = [...topic.grants.produce(grantee), ...value.grants.read(grantee)];
    new Connector(this, "Resource", {
      environment: { id: topic.cluster.environmentId },
      kafkaCluster: { id: topic.cluster.kafkaClusterId },
      configNonsensitive: {
        "connector.class": "DatagenSource",
        name: props.connectorName,
        "kafka.auth.mode": "SERVICE_ACCOUNT",
        "kafka.service.account.id": account.serviceAccountId,
        "kafka.topic": topic.topicName,
        "output.data.format": OUTPUT_FORMATS[value.format],
        quickstart: props.quickstart,
        "tasks.max": String(tasks),
        // Left to itself, the connector registers the sample's schema with comments as a further version, which Terraform
        // would then find instead of its own, and try to change back at every apply.
        "value.converter.auto.register.schemas": "false",
        "value.converter.use.latest.version": "true",
      },
      // The connector finds its roles, topic and schema by name when it starts; no argument refers to them.
      dependsOn: [
        ...bindings.map(({ dependable }) => dependable),
        topic.dependable,
        value.dependable,
      ],
    });
  }
}
