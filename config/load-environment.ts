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
 * @throws ConfigurationError when the name is missing or unknown, or the environment is not valid.
 */
export function loadEnvironment(name: string | undefined): EnvironmentConfig {
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
  return validateEnvironment(found);
}
