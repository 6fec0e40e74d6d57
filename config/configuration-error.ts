import { InvalidValueError } from "../constructs/core/errors";

/** An environment that cannot be deployed as written. The message lists every problem with its path. */
export class ConfigurationError extends InvalidValueError {
  override readonly name = "ConfigurationError";
}
