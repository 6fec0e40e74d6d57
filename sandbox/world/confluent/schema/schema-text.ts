import { isList, isObject, type Json } from "../../values";

/**
 * The text with which a registry tells schemas apart: Avro and JSON schemas without their layout and the order of their
 * members, so that a reformatted file is the same schema; Protobuf as it is.
 */
export function canonicalText(format: string, schema: string): string {
  return format === "PROTOBUF" ? schema.trim() : JSON.stringify(sorted(parseJson(schema)));
}

/** @throws SyntaxError when the text is no JSON */
export function parseJson(schema: string): Json {
  // JSON.parse gives JSON and nothing else.
  return JSON.parse(schema) as Json;
}

function sorted(value: Json): Json {
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    return names.length === 1 && typeof value["type"] === "string"
      ? value["type"] // {"type": "string"} is "string" to Avro's parser
      : Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
  }
  return isList(value) ? value.map(sorted) : value;
}
