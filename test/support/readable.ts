import type { SynthesizedStack } from "./synth";

const REMOTE_OUTPUT = /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g;
const REFERENCE_INPUT = "cross-stack-reference-input-";
const REFERENCE_OUTPUT = "cross-stack-output-";

/** Without the eight hexadecimal digits that CDKTF puts behind the name of a nested construct. */
export function withoutHashes<T>(synthesized: T): T {
  return JSON.parse(JSON.stringify(synthesized).replace(/_[0-9A-F]{8}\b/g, "")) as T;
}

/**
 * One stack of an application as a person would write it: a value of another stack is what that stack's output says,
 * so that `confluent_kafka_cluster.KafkaCluster.id` is the cluster's id in every stack. The outputs that CDKTF adds for
 * others are left out.
 */
export function readableStack(
  stacks: Readonly<Record<string, SynthesizedStack>>,
  name: string,
): SynthesizedStack {
  const { output = {}, ...stack } = found(stacks, name);
  const own = Object.entries(output).filter(([id]) => !id.startsWith(REFERENCE_OUTPUT));
  const text = JSON.stringify({
    ...stack,
    ...(own.length > 0 && { output: Object.fromEntries(own) }),
  }).replace(REMOTE_OUTPUT, (_, input: string, id: string) => {
    const { value } = found(found(stacks, input.replace(REFERENCE_INPUT, "")).output ?? {}, id) as {
      value: string;
    };
    return value.replace(/^\$\{(.*)\}$/, "$1");
  });
  return withoutHashes(JSON.parse(text) as SynthesizedStack);
}

function found<T>(values: Readonly<Record<string, T>>, key: string): T {
  const value = values[key];
  if (value === undefined) {
    throw new Error(`there is no ${key}, only ${Object.keys(values).join(", ")}`);
  }
  return value;
}
