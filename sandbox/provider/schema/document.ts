import { readFileSync } from "node:fs";

/** What `terraform providers schema -json` prints, as far as a provider is served from it. */
export interface SchemaDocument {
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}

export interface ProviderSchema {
  readonly provider: TypeSchema;
  readonly resource_schemas?: Readonly<Record<string, TypeSchema>>;
  readonly data_source_schemas?: Readonly<Record<string, TypeSchema>>;
}

/** The schema of the provider block, of a resource type or of a data source type. */
export interface TypeSchema {
  readonly version?: number;
  readonly block: BlockSchema;
}

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedBlockSchema>>;
  readonly description?: string;
  readonly deprecated?: boolean;
}

export interface AttributeSchema {
  /** A type in the notation of `parseType`. */
  readonly type: unknown;
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

export interface NestedBlockSchema {
  readonly nesting_mode: NestingMode;
  readonly block: BlockSchema;
  readonly min_items?: number;
  readonly max_items?: number;
}

export type NestingMode = "single" | "group" | "list" | "set" | "map";

/**
 * Loads the schema of one provider.
 *
 * @param file a document printed by `terraform providers schema -json`
 * @param source the provider's address in it, such as `registry.terraform.io/confluentinc/confluent`
 * @throws Error when the document does not describe the provider, or describes it with what neither
 * vendor uses and so nothing here plans: nested attribute types and write-only arguments
 */
export function loadProviderSchema(file: string, source: string): ProviderSchema {
  const text = readFileSync(file, "utf8");
  const unserved = ["nested_type", "write_only"].find((key) => text.includes(`"${key}"`));
  if (unserved !== undefined) throw new Error(`${file}: "${unserved}" cannot be served`);
  const document = JSON.parse(text) as SchemaDocument;
  const schema = document.provider_schemas[source];
  if (schema === undefined) throw new Error(`${file} does not describe ${source}`);
  return schema;
}
