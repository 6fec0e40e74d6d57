import { Refusal } from "../refusal";

/** Whole numbers with their least value; -1 stands for "no limit" where the setting has one. */
const numbers: Readonly<Record<string, number>> = {
  "delete.retention.ms": 0,
  "max.compaction.lag.ms": 1,
  "max.message.bytes": 0,
  "message.timestamp.after.max.ms": 0,
  "message.timestamp.before.max.ms": 0,
  "message.timestamp.difference.max.ms": 0,
  "min.compaction.lag.ms": 0,
  "min.insync.replicas": 1,
  "retention.bytes": -1,
  "retention.ms": -1,
  "segment.bytes": 50 * 2 ** 20,
  "segment.ms": 4 * 60 * 60 * 1000,
};

const choices: Readonly<Record<string, RegExp>> = {
  "cleanup.policy": /^(compact|delete|compact,delete|delete,compact)$/,
  "confluent.key.schema.validation": /^(true|false)$/,
  "confluent.key.subject.name.strategy": /./,
  "confluent.schema.validation.context.name": /./,
  "confluent.value.schema.validation": /^(true|false)$/,
  "confluent.value.subject.name.strategy": /./,
  "message.timestamp.type": /^(CreateTime|LogAppendTime)$/,
};

/**
 * Refuses settings that a topic of Confluent Cloud does not have or whose values it would not take.
 *
 * @see https://docs.confluent.io/cloud/current/client-apps/topics/manage.html
 */
export function checkTopicSettings(config: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(config)) {
    const least = numbers[name];
    if (least !== undefined) {
      checkNumber(name, value, least);
    } else if (choices[name] === undefined) {
      throw new Refusal(400, `Unknown topic config name: ${name}`);
    } else if (!choices[name].test(value)) {
      throw invalid(name, value);
    }
  }
}

function checkNumber(name: string, value: string, least: number): void {
  if (!/^-?\d+$/.test(value)) {
    throw invalid(name, value);
  }
  if (Number(value) < least) {
    throw new Refusal(
      400,
      `Config property '${name}' with value '${value}' exceeded min limit of ${least}.`,
    );
  }
}

function invalid(name: string, value: string): Refusal {
  return new Refusal(400, `Invalid value ${value} for configuration ${name}`);
}
