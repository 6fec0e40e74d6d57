import { alphabets, derive } from "../identifiers";
import { ProviderRefusal, Refusal } from "../refusal";
import { idIn, known, text, textMap, type TerraformObject } from "../values";
import { configErrors, type ConnectorConfig } from "./connect/plugin-config";
import { start } from "./connect/life-cycle";
import { forbidden, requireCloudKey } from "./control-plane";
import { environmentOf } from "./environment";
import { kafkaClusterOf } from "./kafka-cluster";
import { clusterResourceId } from "./import-id";
import { reference, type Call, type ManagedResource } from "./managed-resource";
import type { Connector, KafkaCluster } from "./objects";
import { quote, wording } from "./wording";

/** The provider takes the whole config back when only a new name is refused. */
class NameChange extends ProviderRefusal {}

const nameOf = (resource: TerraformObject): string =>
  text(textMap(resource, "config_nonsensitive"), "name");

/** `confluent_connector`, of which the world runs the Datagen source and lets others pass as far as it can judge them. */
export const connector: ManagedResource = {
  wording: wording("Connector", {
    creating: (planned) => `error creating Connector ${quote(nameOf(planned))}`,
    reading: (prior) => `error reading Connector ${quote(text(prior, "id"))}`,
  }),

  create(call) {
    const { cloud, planned } = call;
    requireCloudKey(call.provider);
    const cluster = clusterIn(call, planned);
    const config = configOf(planned);
    refuseBadConfig(config);
    const name = nameOf(planned);
    if (find(call, cluster.id, name) !== undefined) {
      throw new Refusal(409, `Connector ${name} already exists`);
    }
    const identity = cloud.identifiers.next("connector", [cluster.id, name]);
    const created = cloud.connectors.put(
      start(cloud, {
        id: `lcc-${derive(alphabets.lower, 5, ...identity)}`,
        environmentId: cluster.environmentId,
        clusterId: cluster.id,
        name,
        config,
        status: "PROVISIONING",
        trace: "",
      }),
    );
    return {
      state: { ...known(planned), ...attributes(created, planned), status: created.status },
      failure:
        created.status === "FAILED"
          ? `error waiting for Connector ${quote(name)} to provision: connector ${quote(created.id)} provisioning status is "FAILED": ${created.trace}`
          : undefined,
    };
  },

  /** By name, in the cluster's list: one that is not in it is gone. */
  read(call) {
    const { prior } = call;
    requireCloudKey(call.provider);
    const found = find(call, idIn(prior, "kafka_cluster"), nameOf(prior));
    return found === undefined
      ? null
      : { ...prior, ...attributes(found, prior), status: found.status };
  },

  update(call) {
    const { cloud, planned } = call;
    const before = existing(call);
    if (nameOf(planned) !== before.name) {
      throw new NameChange(`"name" of a connector cannot be changed, it is ${quote(before.name)}`);
    }
    const config = configOf(planned);
    refuseBadConfig(config);
    const after = { ...before, config, status: statusAfter(call, before) };
    cloud.connectors.put(after.status === "PAUSED" ? after : start(cloud, after));
    // The status is the planned one: whether the tasks bear the change shows only later, when the state is refreshed.
    return {
      state: { ...known(planned), ...attributes(after, planned), status: text(planned, "status") },
    };
  },

  takenBack: (error) =>
    error instanceof NameChange ? ["config_nonsensitive", "config_sensitive"] : [],

  delete(call) {
    call.cloud.connectors.delete(existing(call).id);
  },

  importedState(id) {
    const { environmentId, clusterId, name } = clusterResourceId(id, "connector name");
    return {
      environment: reference(environmentId),
      kafka_cluster: reference(clusterId),
      config_nonsensitive: { name },
      config_sensitive: {},
      offsets: [],
    };
  },
};

function clusterIn({ cloud }: Call, planned: TerraformObject): KafkaCluster {
  const environment = environmentOf(cloud, idIn(planned, "environment"));
  const cluster = kafkaClusterOf(cloud, idIn(planned, "kafka_cluster"));
  if (cluster.environmentId !== environment.id) {
    throw forbidden(`Kafka cluster ${quote(cluster.id)} of environment ${quote(environment.id)}`);
  }
  return cluster;
}

function find({ cloud }: Call, clusterId: string, name: string): Connector | undefined {
  return cloud.connectors.find(
    (candidate) => candidate.clusterId === clusterId && candidate.name === name,
  );
}

function existing(call: Call): Connector {
  requireCloudKey(call.provider);
  const name = nameOf(call.prior);
  const found = find(call, idIn(call.prior, "kafka_cluster"), name);
  if (found === undefined) {
    throw new Refusal(404, `Connector ${name} not found`);
  }
  return found;
}

function configOf(planned: TerraformObject): ConnectorConfig {
  return { ...textMap(planned, "config_nonsensitive"), ...textMap(planned, "config_sensitive") };
}

function refuseBadConfig(config: ConnectorConfig): void {
  const errors = configErrors(config);
  if (errors.length > 0) {
    const list = errors.map(({ key, reason }) => `${quote(key)} ${reason}`).join("; ");
    throw new ProviderRefusal(`error validating Connector config: ${list}`);
  }
}

/** Terraform may pause and resume; any other status is the cloud's to give. */
function statusAfter({ prior, planned }: Call, before: Connector): Connector["status"] {
  const from = text(prior, "status");
  const to = text(planned, "status");
  if (from === to) {
    return before.status;
  }
  if ((from === "RUNNING" && to === "PAUSED") || (from === "PAUSED" && to === "RUNNING")) {
    return to;
  }
  throw new ProviderRefusal(
    `only a change of status from "RUNNING" to "PAUSED" and back is supported, got ${quote(from)} to ${quote(to)}`,
  );
}

/** The cloud masks sensitive settings, so the provider leaves those as Terraform has them. */
function attributes(connector: Connector, resource: TerraformObject): TerraformObject {
  const sensitive = textMap(resource, "config_sensitive");
  const shown = Object.entries(connector.config).filter(([key]) => sensitive[key] === undefined);
  return {
    id: connector.id,
    environment: reference(connector.environmentId),
    kafka_cluster: reference(connector.clusterId),
    config_nonsensitive: Object.fromEntries(shown),
    config_sensitive: sensitive,
  };
}
