import { isList, isObject, text, type Json, type JsonObject } from "../../values";

/** Of a text or of bytes without a limit. */
export const MAX_LENGTH = 2_147_483_647;

/** Flink's types by Avro's, for those that have neither parameters nor parts. */
const plain: Readonly<Record<string, string | undefined>> = {
  string: `VARCHAR(${MAX_LENGTH})`,
  bytes: `VARBINARY(${MAX_LENGTH})`,
  int: "INTEGER",
  long: "BIGINT",
  float: "FLOAT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  enum: `VARCHAR(${MAX_LENGTH})`,
};

const logical: Readonly<Record<string, string | undefined>> = {
  date: "DATE",
  "time-millis": "TIME(3)",
  "time-micros": "TIME(6)",
  "timestamp-millis": "TIMESTAMP(3) WITH LOCAL TIME ZONE",
  "timestamp-micros": "TIMESTAMP(6) WITH LOCAL TIME ZONE",
  "local-timestamp-millis": "TIMESTAMP(3)",
  "local-timestamp-micros": "TIMESTAMP(6)",
};

/**
 * The Flink type of a column with an Avro schema, as the information schema writes it: `BIGINT NOT NULL`.
 *
 * A type that is only named, because the schema has defined it before, is text to the world.
 */
export function flinkType(avro: Json): string {
  const { type, isNullable } = withoutNull(avro);
  return isNullable ? typeText(type) : `${typeText(type)} NOT NULL`;
}

/** Name of a type without what is in its parentheses, such as `TIMESTAMP_WITH_LOCAL_TIME_ZONE`. */
export function typeName(type: string): string {
  return type
    .replace(/ NOT NULL$/, "")
    .replace(/[(<].*[)>]/s, "")
    .replaceAll(" ", "_");
}

function withoutNull(avro: Json): { type: Json; isNullable: boolean } {
  if (!isList(avro)) {
    return { type: avro, isNullable: false };
  }
  const others = avro.filter((branch) => branch !== "null");
  return {
    type: others.length === 1 ? (others[0] ?? "string") : others,
    isNullable: others.length < avro.length,
  };
}

function typeText(avro: Json): string {
  if (isList(avro)) {
    // One field a branch, as Confluent shows a union of several types.
    const fields = avro.map((branch) => `\`${nameOf(branch)}\` ${typeText(branch)}`);
    return `ROW<${fields.join(", ")}>`;
  }
  if (!isObject(avro)) {
    return plain[typeof avro === "string" ? avro : ""] ?? `VARCHAR(${MAX_LENGTH})`;
  }
  const logicalType = text(avro, "logicalType");
  if (logicalType === "decimal") {
    return `DECIMAL(${Number(avro["precision"] ?? 10)}, ${Number(avro["scale"] ?? 0)})`;
  }
  return logical[logicalType] ?? composite(avro);
}

function composite(avro: JsonObject): string {
  const { type = "string", items = "string", values = "string", fields } = avro;
  switch (type) {
    case "array":
      return `ARRAY<${flinkType(items)}>`;
    case "map":
      return `MAP<VARCHAR(${MAX_LENGTH}) NOT NULL, ${flinkType(values)}>`;
    case "record": {
      const parts = isList(fields) ? fields.filter(isObject) : [];
      return `ROW<${parts.map((field) => `\`${text(field, "name")}\` ${flinkType(field["type"] ?? "string")}`).join(", ")}>`;
    }
    case "fixed":
      return `BINARY(${Number(avro["size"] ?? 1)})`;
    default:
      return typeText(type);
  }
}

function nameOf(branch: Json): string {
  return isObject(branch)
    ? text(branch, "name") || text(branch, "type")
    : JSON.stringify(branch).replaceAll('"', "");
}
