import type { EnvironmentConfig } from "../../../config/environment-config";
import { environments } from "../../../config/load-environment";
import { application } from "../../support/application";
import { readableStack } from "../../support/readable";
import type { SynthesizedStack } from "../../support/synth";

/** No value is one that a default or another environment has: what does not come from here shows. */
const unusual: EnvironmentConfig = {
  name: "dev",
  system: "odd-system",
  aws: { accountId: "987654321098", region: "ap-southeast-2" },
  backend: { type: "s3", bucket: "odd-bucket", region: "sa-east-1" },
  streaming: {
    kafkaTier: "dedicated",
    kafkaCku: 7,
    availability: "HIGH",
    governancePackage: "ADVANCED",
    topicPartitions: 11,
    topicRetentionDays: 13,
    flinkMaxCfu: 40,
    flinkBakeSeconds: 290,
    consumerOffsetReset: "latest",
    keyRotationDays: 17,
    keysKept: 3,
  },
  secretRecoveryDays: 9,
};

/** An environment, what its names begin with, and one of its stacks. */
export type StackCase = readonly [
  name: string,
  config: EnvironmentConfig,
  stack: SynthesizedStack,
  base: string,
];

/** The stack in each environment and with unusual values, for `describe.each`. */
export function inEveryEnvironment(stackName: string): StackCase[] {
  const named = environments.map((config): [string, EnvironmentConfig] => [config.name, config]);
  return [...named, ["unusual values", unusual] as const].map(([name, config]) => {
    const base = `${config.system}-${config.name}`;
    const { stacks } = application(config);
    return [name, config, readableStack(stacks, `${base}-${stackName}`), base];
  });
}
