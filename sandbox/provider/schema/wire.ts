import type {
  AttributeMessage,
  BlockMessage,
  NestedBlockMessage,
  SchemaMessage,
} from "../plugin/messages";
import type { AttributeSchema, BlockSchema, NestedBlockSchema, TypeSchema } from "./document";

const NESTING = {
  single: "SINGLE",
  group: "GROUP",
  list: "LIST",
  set: "SET",
  map: "MAP",
} as const;

/** Turns the schema of one type from the document's form into the plugin protocol's. */
export function schemaMessage(schema: TypeSchema): SchemaMessage {
  return { version: schema.version ?? 0, block: blockMessage(schema.block) };
}

function blockMessage(block: BlockSchema): BlockMessage {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(attributeMessage),
    blockTypes: Object.entries(block.block_types ?? {}).map(nestedBlockMessage),
    description: block.description,
    deprecated: block.deprecated,
  };
}

function attributeMessage([name, attribute]: [string, AttributeSchema]): AttributeMessage {
  return { ...attribute, name, type: Buffer.from(JSON.stringify(attribute.type)) };
}

function nestedBlockMessage([typeName, nested]: [string, NestedBlockSchema]): NestedBlockMessage {
  return {
    typeName,
    block: blockMessage(nested.block),
    nesting: NESTING[nested.nesting_mode],
    minItems: nested.min_items,
    maxItems: nested.max_items,
  };
}
