import { createHash } from "node:crypto";

import { InvalidValueError } from "./errors";

const NAME_PART = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const HASH_LENGTH = 10;

/**
 * Every physical name of one system in one environment, so that environments share an account without clashing
 * and no construct invents a name.
 */
export class ResourceNames {
  /** @throws InvalidValueError when a part is not lower-case kebab-case. */
  constructor(
    readonly system: string,
    readonly environment: string,
  ) {
    requireNamePart("system", system);
    requireNamePart("environment", environment);
  }

  /** `<system>-<environment>`: the display name of the Confluent environment and the Kafka cluster. */
  get base(): string {
    return `${this.system}-${this.environment}`;
  }

  /** `<system>-<environment>-<purpose>`: stacks, workspaces, service accounts, compute pools. */
  resource(purpose: string): string {
    requireNamePart("purpose", purpose);
    return `${this.base}-${purpose}`;
  }

  /**
   * A path in Secrets Manager or Parameter Store: `/confluent_cloud_resource/<system>-<environment>/<part>/…`.
   * Writer and reader use this one function, so that the leading slash is never a matter of memory.
   */
  path(...parts: readonly string[]): string {
    for (const part of parts) {
      if (!/^[A-Za-z0-9._-]+$/.test(part)) {
        throw new InvalidValueError(
          `path part must consist of letters, digits, ".", "_" or "-", got ${JSON.stringify(part)}`,
        );
      }
    }
    return ["/confluent_cloud_resource", this.base, ...parts].join("/");
  }
}

/**
 * A name that carries a hash of what it names, so that changed content is a new thing and unchanged content the
 * same one. The readable part is cut, never the hash.
 *
 * @param limit longest name that the service takes, in characters.
 */
export function contentName(readable: string, content: readonly string[], limit: number): string {
  const hash = createHash("sha256")
    .update(JSON.stringify(content))
    .digest("hex")
    .slice(0, HASH_LENGTH);
  const room = limit - HASH_LENGTH - 1;
  if (room < 1) {
    throw new InvalidValueError(`limit must leave room for a name beside the hash, got ${limit}`);
  }
  return `${readable.slice(0, room).replace(/-+$/, "")}-${hash}`;
}

function requireNamePart(what: string, value: string): void {
  if (!NAME_PART.test(value)) {
    throw new InvalidValueError(
      `${what} must be lower-case words joined by "-" and start with a letter, got ${JSON.stringify(value)}`,
    );
  }
}
