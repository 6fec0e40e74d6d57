import { parseType, type CtyType, type ObjectType } from "../cty/type";
import type { BlockSchema, NestedBlockSchema } from "./document";

/** The type of the object that a block describes: its attributes and, beside them, its blocks. */
export function impliedType(block: BlockSchema): ObjectType {
  const attributes = new Map<string, CtyType>();
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    attributes.set(name, parseType(attribute.type));
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    attributes.set(name, nestedType(nested));
  }
  return { kind: "object", attributes };
}

function nestedType(nested: NestedBlockSchema): CtyType {
  const element = impliedType(nested.block);
  switch (nested.nesting_mode) {
    case "list":
    case "set":
    case "map":
      return { kind: nested.nesting_mode, element };
    default:
      return element;
  }
}
