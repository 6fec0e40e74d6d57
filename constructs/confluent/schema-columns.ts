import type { Construct } from "constructs";

import { readSchemaFile } from "./schema-file";

/** What a schema says of its fields, in the two formats. */
interface FieldsOfSchema {
  readonly fields?: readonly { readonly name: string }[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * The names of a table's columns in their order, as its value schema says. A table that Flink finds has these columns.
 *
 * @throws ValidationError with the construct's path and the file's
 */
export function columnsOf(scope: Construct, schemaFile: string): readonly string[] {
  const { schema } = readSchemaFile(scope, schemaFile);
  // What has been read is a schema of one of the formats.
  const { fields, properties = {} } = JSON.parse(schema) as FieldsOfSchema;
  return fields?.map(({ name }) => name) ?? Object.keys(properties);
}
