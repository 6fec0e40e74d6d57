/** An environment that cannot be deployed as written. The message lists every problem with its path. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ConfigurationError";
  }
}
