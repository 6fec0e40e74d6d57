import { isList, isMap, Unknown, UNKNOWN, type Value } from "../cty/value";
import type { Fields } from "./field";

/** Marks as unknown what a new object does not say and the provider will decide. */
export function markComputed(fields: Fields, object: Value): Value {
  if (!isMap(object)) return object;
  const marked = new Map(object);
  for (const [name, field] of fields) {
    const value = object.get(name) ?? null;
    if (!field.block) {
      if (field.computed && value === null) marked.set(name, UNKNOWN);
    } else if (isList(value) && "fields" in field.shape) {
      const inner = field.shape.fields;
      marked.set(
        name,
        value.map((item) => markComputed(inner, item)),
      );
    }
  }
  return marked;
}

/** The value with null in the place of whatever is unknown in it. */
export function withoutUnknowns(value: Value): Value {
  if (value instanceof Unknown) return null;
  if (isList(value)) return value.map(withoutUnknowns);
  if (isMap(value)) return new Map([...value].map(([key, item]) => [key, withoutUnknowns(item)]));
  return value;
}
