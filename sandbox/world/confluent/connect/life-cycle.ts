import { Refusal } from "../../refusal";
import { explainDenial, isAllowed, type Permission } from "../authorization";
import type { ConfluentCloud } from "../cloud";
import { authenticate } from "../data-plane-key";
import type { Connector, KafkaCluster, SchemaRegistry } from "../objects";
import { kafkaResourceCrn, subjectCrn } from "../resource-names";
import { IncompatibleSchema, liveVersions, refuseIncompatible, register } from "../schema/registry";
import { schemaRegistryOf } from "../schema-registry";
import { serviceAccountOf } from "../service-account";
import { quickstartSchema } from "./datagen";
import { schemaFormats } from "./plugin-config";

/** Why a connector's task stopped, in the words of its trace. */
class TaskFailure extends Error {
  override readonly name = "TaskFailure";
}

/** The connector as it is after its tasks were started: they need their topics, permissions and schemas at once. */
export function start(cloud: ConfluentCloud, connector: Connector): Connector {
  const trace = attempt(() => {
    checkTasks(cloud, connector);
    registerOutput(cloud, connector);
  });
  return { ...connector, status: trace === undefined ? "RUNNING" : "FAILED", trace: trace ?? "" };
}

/** A running connector fails when a topic of its goes away or a role is revoked; nothing brings it back by itself. */
export function settleConnectors(cloud: ConfluentCloud): void {
  for (const connector of cloud.connectors.where(({ status }) => status === "RUNNING")) {
    const trace = attempt(() => {
      checkTasks(cloud, connector);
    });
    if (trace !== undefined) {
      cloud.connectors.put({ ...connector, status: "FAILED", trace });
    }
  }
}

/** @returns what went wrong, if something did */
function attempt(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) {
      return error.explanation ?? error.message;
    }
    if (error instanceof TaskFailure || error instanceof IncompatibleSchema) {
      return error.message;
    }
    throw error;
  }
}

function checkTasks(cloud: ConfluentCloud, connector: Connector): void {
  const cluster = clusterOf(cloud, connector);
  const principalId = principalOf(cloud, connector);
  const { written, read } = topicsOf(connector);
  for (const topic of [...written, ...read]) {
    if (!cloud.topics.has(`${cluster.id}/${topic}`)) {
      throw new TaskFailure(`Topic ${topic} does not exist in ${cluster.id}.`);
    }
  }
  requireAll(cloud, principalId, [
    ...written.map((topic) => onTopic(cloud, cluster, topic, "Write")),
    ...read.map((topic) => onTopic(cloud, cluster, topic, "Read")),
    ...(read.length === 0
      ? []
      : [
          {
            operation: "Read",
            crn: kafkaResourceCrn(cloud, cluster, "group", `connect-${connector.id}`),
          },
        ]),
    ...outputSubjects(cloud, connector).flatMap(({ registry, subject }) =>
      (registers(connector) ? ["Read", "Write"] : ["Read"]).map((operation) => ({
        operation,
        crn: subjectCrn(cloud, registry, subject),
      })),
    ),
  ]);
}

/** A subject that has schemas already keeps them, as long as the connector's rows can be written with its own. */
function registerOutput(cloud: ConfluentCloud, connector: Connector): void {
  for (const { registry, subject, format } of outputSubjects(cloud, connector)) {
    const { quickstart } = connector.config;
    if (quickstart !== undefined) {
      const schema = quickstartSchema(quickstart, format);
      const registration = { subject, format, schema, references: [] };
      if (liveVersions(cloud, registry, subject).length > 0) {
        refuseIncompatible(cloud, registry, registration);
      } else if (registers(connector)) {
        register(cloud, registry, registration);
      } else {
        throw new TaskFailure(`Subject ${subject} not found in ${registry.id}.`);
      }
    }
  }
}

/** Without it the tasks use what is registered, and fail where nothing is. */
function registers({ config }: Connector): boolean {
  return config["value.converter.auto.register.schemas"] !== "false";
}

interface OutputSubject {
  readonly registry: SchemaRegistry;
  readonly subject: string;
  readonly format: string;
}

function outputSubjects(cloud: ConfluentCloud, connector: Connector): readonly OutputSubject[] {
  const format = schemaFormats[connector.config["output.data.format"] ?? ""];
  if (format === undefined) {
    return [];
  }
  const registry = schemaRegistryOf(cloud, connector.environmentId);
  if (registry === undefined) {
    throw new TaskFailure(`Environment ${connector.environmentId} has no Schema Registry.`);
  }
  return topicsOf(connector).written.map((topic) => ({
    registry,
    subject: `${topic}-value`,
    format,
  }));
}

/** A source has one topic that it writes, a sink a list that it reads. */
function topicsOf({ config }: Connector): { written: readonly string[]; read: readonly string[] } {
  const named = (value = ""): string[] =>
    value
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
  return { written: named(config["kafka.topic"]), read: named(config["topics"]) };
}

/** The account that the tasks work as: one that is named, or the owner of an API key. */
function principalOf(cloud: ConfluentCloud, { config, clusterId }: Connector): string {
  return config["kafka.auth.mode"] === "KAFKA_API_KEY"
    ? authenticate(cloud, {
        key: config["kafka.api.key"] ?? "",
        secret: config["kafka.api.secret"] ?? "",
        opens: { id: clusterId },
      })
    : serviceAccountOf(cloud, config["kafka.service.account.id"] ?? "").id;
}

function clusterOf(cloud: ConfluentCloud, { clusterId }: Connector): KafkaCluster {
  const found = cloud.kafkaClusters.get(clusterId);
  if (found === undefined) {
    throw new Error(`connectors end with their cluster, and ${clusterId} is gone`);
  }
  return found;
}

function onTopic(
  cloud: ConfluentCloud,
  cluster: KafkaCluster,
  topic: string,
  operation: string,
): Permission {
  return { operation, crn: kafkaResourceCrn(cloud, cluster, "topic", topic) };
}

function requireAll(
  cloud: ConfluentCloud,
  principalId: string,
  permissions: readonly Permission[],
): void {
  const denied = permissions.filter((permission) => !isAllowed(cloud, principalId, permission));
  if (denied.length > 0) {
    const reasons = denied.map((permission) => explainDenial(cloud, principalId, permission));
    throw new TaskFailure(`${reasons.join("; ")}.`);
  }
}
