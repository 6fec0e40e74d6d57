import { isList, isMap, type Value } from "../cty/value";
import type { Fields } from "./field";

/** The object with an empty list for each block that is left out: a block is never null. */
export function withEmptyBlocks(fields: Fields, object: Value): Value {
  if (!isMap(object)) return object;
  const complete = new Map(object);
  for (const [name, { block, shape }] of fields) {
    const value = object.get(name) ?? null;
    if (!block || !("fields" in shape)) continue;
    complete.set(
      name,
      isList(value) ? value.map((item) => withEmptyBlocks(shape.fields, item)) : (value ?? []),
    );
  }
  return complete;
}
