import { isDeepStrictEqual } from "node:util";

/** What is compared of a JSON Schema that takes no other properties than its own. */
interface ClosedObject {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: ReadonlySet<string>;
}

/**
 * Why records that fit one closed schema need not fit another: the reader knows no such property, knows it differently,
 * or requires one that the writer leaves out.
 *
 * @returns the first reason; undefined when there is none
 */
export function unreadableJson(reader: string, writer: string): string | undefined {
  const reads = parse(reader);
  const writes = parse(writer);
  for (const [name, schema] of Object.entries(writes.properties)) {
    if (!(name in reads.properties)) {
      return `the reader takes no property ${JSON.stringify(name)}, which the writer has`;
    }
    if (!isDeepStrictEqual(schema, reads.properties[name])) {
      return `the property ${JSON.stringify(name)} is another for the reader than for the writer`;
    }
  }
  const missing = [...reads.required].find((name) => !writes.required.has(name));
  return missing === undefined
    ? undefined
    : `the reader requires ${JSON.stringify(missing)}, which the writer may leave out`;
}

function parse(text: string): ClosedObject {
  const { properties, required = [] } = JSON.parse(text) as {
    properties: Record<string, unknown>;
    required?: string[];
  };
  return { properties, required: new Set(required) };
}
