import { Type, type Schema } from "avsc";

/** One schema as far as compatibility goes: its text, and the texts it refers to, innermost first. */
export interface AvroSource {
  readonly schema: string;
  readonly referenced: readonly string[];
}

/** A version of a subject that a new schema may have to live with. */
export interface EarlierVersion extends AvroSource {
  readonly version: number;
}

/** The registry's level where a subject has none. */
export const DEFAULT_LEVEL = "BACKWARD";

/** @throws Error in the library's words when the text is no Avro schema */
export function parseAvro({ schema, referenced }: AvroSource): Type {
  const registry: Record<string, Type> = {};
  for (const text of referenced) {
    Type.forSchema(JSON.parse(text) as Schema, { registry });
  }
  return Type.forSchema(JSON.parse(schema) as Schema, { registry });
}

/**
 * Why a schema may not become the subject's next version. Backward: the new schema reads what the old one wrote;
 * forward: the old one reads what the new one writes; full: both; transitive: with every version, not only the latest.
 *
 * @param level the subject's compatibility level
 * @param earlier versions of the subject, oldest first
 * @returns the first problem found, newest version first; undefined when there is none
 */
export function incompatibility(
  level: string,
  candidate: AvroSource,
  earlier: readonly EarlierVersion[],
): string | undefined {
  const [direction = ""] = level.split("_");
  const compared = level.endsWith("_TRANSITIVE") ? earlier : earlier.slice(-1);
  const next = parseAvro(candidate);
  for (const version of [...compared].reverse()) {
    const before = parseAvro(version);
    const problem =
      (["BACKWARD", "FULL"].includes(direction) ? unreadable(next, before) : undefined) ??
      (["FORWARD", "FULL"].includes(direction) ? unreadable(before, next) : undefined);
    if (problem !== undefined) {
      return `{oldSchemaVersion: ${version.version}} {compatibility: '${level}'} ${problem}`;
    }
  }
  return undefined;
}

function unreadable(reader: Type, writer: Type): string | undefined {
  try {
    reader.createResolver(writer);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
