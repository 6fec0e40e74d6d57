import type { Construct } from "constructs";

import { ValidationError } from "../core/errors";
import { readSourceFile } from "../core/source-file";
import { validate, type Rule } from "../core/validation";

/** How the registry reads a schema, by the file's ending. */
const FORMATS = { ".avsc": "AVRO", ".schema.json": "JSON" } as const;

/** A format as the registry names it. */
export type SchemaFormat = (typeof FORMATS)[keyof typeof FORMATS];

export interface SchemaFile {
  readonly format: SchemaFormat;

  /** The schema on one line, so that a file's layout is no change. */
  readonly schema: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads a schema as far as that goes without the format's own library: it is JSON, and an Avro record or JSON object
 * says what its fields are. What is finer, the registry refuses when Terraform plans.
 *
 * @throws ValidationError with the construct's path and the file's
 */
export function readSchemaFile(scope: Construct, file: string): SchemaFile {
  const format = formatOf(scope, file);
  const parsed = readJson(scope, file);
  validate(scope, format === "JSON" ? jsonSchemaRules(file, parsed) : avroRules(file, parsed));
  return { format, schema: JSON.stringify(parsed) };
}

function formatOf(scope: Construct, file: string): SchemaFormat {
  for (const [ending, format] of Object.entries(FORMATS)) {
    if (file.endsWith(ending)) {
      return format;
    }
  }
  throw new ValidationError(scope, [
    `schemaFile must end with ${Object.keys(FORMATS).join(" or ")}, got ${JSON.stringify(file)}`,
  ]);
}

function readJson(scope: Construct, file: string): unknown {
  const text = readSourceFile(scope, file);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ValidationError(scope, [`${file} must hold a schema as JSON: ${String(error)}`]);
  }
}

function avroRules(file: string, schema: unknown): readonly Rule[] {
  const record = isObject(schema) && schema["type"] === "record" ? schema : undefined;
  const fields = Array.isArray(record?.["fields"]) ? (record["fields"] as unknown[]) : [];
  const names = fields.filter(isObject).map(({ name }) => name);
  return [
    [
      !isText(schema) && !(isObject(schema) && schema["type"] !== undefined),
      `${file} must hold an Avro schema as JSON: a type's name, or an object with a "type", got ${shown(schema)}`,
    ],
    [
      record !== undefined && !isText(record["name"]),
      `${file} must name its record, got ${shown(record?.["name"])}`,
    ],
    [
      record !== undefined &&
        (fields.length === 0 ||
          !fields.every((field) => isObject(field) && isText(field["name"]) && "type" in field)),
      `${file} must list its record's fields, each with a name and a type, got ${shown(record?.["fields"])}`,
    ],
    [
      new Set(names).size < names.length,
      `${file} must give each field a name of its own, got ${shown(names)}`,
    ],
  ];
}

function jsonSchemaRules(file: string, schema: unknown): readonly Rule[] {
  const { type, properties, required, additionalProperties } = isObject(schema) ? schema : {};
  const known = Object.keys(isObject(properties) ? properties : {});
  return [
    [
      type !== "object" || known.length === 0,
      `${file} must hold a JSON Schema of an object with its properties, got ${shown(schema)}`,
    ],
    [
      required !== undefined &&
        !(Array.isArray(required) && required.every((name) => known.includes(name as string))),
      `${file} must require nothing but its properties, got ${shown(required)}`,
    ],
    [
      additionalProperties !== false,
      // To a reader that takes any property, one that is added with a type is a narrower schema, and so never compatible.
      `${file} must set additionalProperties to false, or no property can ever be added, got ${shown(additionalProperties)}`,
    ],
  ];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** A value's beginning as a person would look for it in the file. */
function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
