import { isList, isObject, type Json, type JsonObject } from "../../values";
import type { SchemaVersion } from "../objects";
import { parseJson } from "./schema-text";

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** As an Avro schema. */
  readonly type: Json;
}

/**
 * The columns that a schema makes.
 *
 * @param whole name of the one column that a schema without fields is
 * @returns undefined when the schema does not say: Protobuf, and JSON Schema without `properties`
 */
export function schemaColumns(
  { format, schema }: Pick<SchemaVersion, "format" | "schema">,
  whole: string,
): readonly Column[] | undefined {
  switch (format) {
    case "AVRO":
      return avroColumns(parseJson(schema), whole);
    case "JSON":
      return jsonColumns(parseJson(schema), whole);
    default:
      return undefined;
  }
}

function avroColumns(schema: Json, whole: string): readonly Column[] {
  if (!isObject(schema) || !isList(schema["fields"])) {
    return [{ name: whole, type: schema }];
  }
  return schema["fields"].filter(isObject).map(({ name, type }) => ({
    name: typeof name === "string" ? name : "",
    type: type ?? "string",
  }));
}

function jsonColumns(schema: Json, whole: string): readonly Column[] | undefined {
  if (!isObject(schema)) {
    return undefined;
  }
  const { properties, required, type } = schema;
  if (isObject(properties)) {
    return Object.entries(properties).map(([name, property]) => {
      const stored = isObject(property) ? avroTypeOf(property) : "string";
      const isRequired = isList(required) && required.includes(name);
      return { name, type: isRequired ? stored : ["null", stored] };
    });
  }
  // An object that names no properties, and a schema made of others, may have any.
  return typeof type === "string" && type !== "object"
    ? [{ name: whole, type: avroTypeOf(schema) }]
    : undefined;
}

function avroTypeOf({ type }: JsonObject): string {
  switch (type) {
    case "integer":
      return "long";
    case "number":
      return "double";
    case "boolean":
      return "boolean";
    default:
      return "string";
  }
}
