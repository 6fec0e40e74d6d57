import { environments } from "../../../config/load-environment";
import type { EnvironmentConfig } from "../../../config/environment-config";
import { application } from "../../support/application";
import type { SynthesizedStack } from "../../support/synth";

/** The application's stacks for an environment, by full name, as `cdktf synth` writes them. */
export function applicationStacks(
  name: EnvironmentConfig["name"],
): Readonly<Record<string, SynthesizedStack>> {
  const environment = environments.find((candidate) => candidate.name === name);
  if (!environment) throw new Error(`there is no environment ${name}`);
  return application(environment).stacks;
}
