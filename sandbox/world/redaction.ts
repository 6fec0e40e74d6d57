import { isList, isObject, type Json } from "./values";

const HIDDEN = "(sensitive)";

/** Names whose whole value is hidden: secrets, blocks that hold one, and the maps meant for secrets. */
function isSensitive(name: string): boolean {
  return (
    /(^|_)(secret|password|token)$/.test(name) ||
    name === "credentials" ||
    name === "properties_sensitive" ||
    name === "config_sensitive" ||
    name.startsWith("sql.secrets.")
  );
}

/**
 * A copy that may be written to disk: sensitive members are replaced by name, and the given secrets wherever they
 * appear, also in the middle of a text or as a member's name.
 */
export function redact(value: Json, secrets: readonly string[]): Json {
  const mask = (text: string): string =>
    secrets.reduce((masked, secret) => masked.replaceAll(secret, HIDDEN), text);

  const redacted = (part: Json): Json => {
    if (typeof part === "string") {
      return mask(part);
    }
    if (isList(part)) {
      return part.map(redacted);
    }
    return isObject(part)
      ? Object.fromEntries(
          Object.entries(part).map(([name, member]) => [
            mask(name),
            isSensitive(name) && member != null ? HIDDEN : redacted(member ?? null),
          ]),
        )
      : part;
  };
  return redacted(value);
}
