import { ProviderRefusal, Refusal } from "../refusal";
import { known, number, text, textMap, type TerraformObject } from "../values";
import { kafkaCaller, type KafkaCaller } from "./kafka-access";
import { reference, type Call, type ManagedResource } from "./managed-resource";
import type { KafkaTopic } from "./objects";
import { checkTopicSettings } from "./topic-settings";
import { wording } from "./wording";

/** `confluent_kafka_topic`. A topic that a key may not see is an error, not a topic that is gone. */
export const kafkaTopic: ManagedResource = {
  wording: wording("Kafka Topic", {
    creating: () => "error creating Kafka Topic",
    reading: () => "error reading Kafka Topic",
    updating: () => "",
  }),

  create({ cloud, provider, planned }) {
    const caller = kafkaCaller(cloud, provider, planned);
    const name = text(planned, "topic_name");
    const config = textMap(planned, "config");
    caller.requireTopic(name, "Create", "Describe", "DescribeConfigs");
    const id = `${caller.cluster.id}/${name}`;
    if (cloud.topics.has(id)) {
      // Kafka REST answers 400, not 409, for a name that is taken.
      throw new Refusal(400, `Topic '${name}' already exists.`);
    }
    checkTopicSettings(config);
    const partitions = number(planned, "partitions_count") ?? 6;
    const created = cloud.topics.put({
      id,
      clusterId: caller.cluster.id,
      name,
      partitions,
      config,
    });
    return { state: { ...known(planned), ...attributes(created, caller) } };
  },

  read({ cloud, provider, prior }) {
    const caller = kafkaCaller(cloud, provider, prior);
    const name = text(prior, "topic_name");
    caller.requireTopic(name, "Describe", "DescribeConfigs");
    const found = cloud.topics.get(`${caller.cluster.id}/${name}`);
    return found === undefined ? null : { ...prior, ...attributes(found, caller) };
  },

  update(call) {
    const { cloud, provider, planned } = call;
    const caller = kafkaCaller(cloud, provider, planned);
    const before = existing(call, caller);
    const partitions = number(planned, "partitions_count") ?? before.partitions;
    const config = textMap(planned, "config");
    caller.requireTopic(before.name, "Alter", "Describe", "DescribeConfigs");
    if (partitions < before.partitions) {
      throw new Refusal(
        400,
        `Topic currently has ${before.partitions} partitions, which is higher than the requested ${partitions}.`,
      );
    }
    checkTopicSettings(config);
    const updated = cloud.topics.put({ ...before, partitions, config });
    return { state: { ...known(planned), ...attributes(updated, caller) } };
  },

  takenBack: () => ["partitions_count"],

  delete(call) {
    const caller = kafkaCaller(call.cloud, call.provider, call.prior);
    const topic = existing(call, caller);
    caller.requireTopic(topic.name, "Delete");
    call.cloud.topics.delete(topic.id);
  },

  importedState(id) {
    const [clusterId, name, ...rest] = id.split("/");
    if (clusterId === undefined || name === undefined || rest.length > 0) {
      throw new ProviderRefusal("invalid format: expected '<Kafka cluster ID>/<topic name>'");
    }
    return { id, topic_name: name, kafka_cluster: reference(clusterId) };
  },
};

function existing({ cloud, prior }: Call, { cluster }: KafkaCaller): KafkaTopic {
  const found = cloud.topics.get(`${cluster.id}/${text(prior, "topic_name")}`);
  if (found === undefined) {
    throw new Refusal(404, "This server does not host this topic-partition.");
  }
  return found;
}

function attributes(topic: KafkaTopic, caller: KafkaCaller): TerraformObject {
  return {
    id: topic.id,
    topic_name: topic.name,
    partitions_count: topic.partitions,
    config: topic.config,
    ...caller.ownArguments,
  };
}
