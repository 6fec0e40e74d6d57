import { ConfigurationError } from "./configuration-error";
import type { EnvironmentConfig } from "./environment-config";
import { dev } from "./environments/dev";
import { prod } from "./environments/prod";
import { sandbox } from "./environments/sandbox";
import { validateEnvironment } from "./validate-environment";

/** Every environment, in the order in which a change travels. */
export const environments: readonly EnvironmentConfig[] = [sandbox, dev, prod];

/**
 * @param name what `DEPLOY_ENVIRONMENT` holds. Nothing is assumed when it is unset: an unset variable must never
 * mean production.
 * @param flinkEngine what `FLINK_ENGINE` holds: another engine for the sandbox, where `--engine` sets it. Others have what
 * was reviewed.
 * @throws ConfigurationError when the name is missing or unknown, or the environment is not valid.
 */
export function loadEnvironment(name: string | undefined, flinkEngine?: string): EnvironmentConfig {
  const known = environments.map((environment) => environment.name).join(", ");
  if (name === undefined || name === "") {
    throw new ConfigurationError(`DEPLOY_ENVIRONMENT is not set; set it to one of ${known}`);
  }
  const found = environments.find((environment) => environment.name === name);
  if (found === undefined) {
    throw new ConfigurationError(
      `DEPLOY_ENVIRONMENT is ${JSON.stringify(name)}, which is not an environment; set it to one of ${known}`,
    );
  }
  return validateEnvironment(flinkEngine === undefined ? found : withEngine(found, flinkEngine));
}

function withEngine(environment: EnvironmentConfig, engine: string): EnvironmentConfig {
  if (environment.name !== "sandbox") {
    throw new ConfigurationError(
      `FLINK_ENGINE is set, and only the sandbox reads it; unset it to synthesize ${environment.name}`,
    );
  }
  if (engine !== "table-api" && engine !== "compiled") {
    throw new ConfigurationError(
      `FLINK_ENGINE is ${JSON.stringify(engine)}; set it to table-api or compiled, or unset it`,
    );
  }
  return { ...environment, streaming: { ...environment.streaming, flinkEngine: engine } };
}
