import type { PrimitiveType } from "../cty/type";
import { Decimal, isList, isMap, Unknown, type MapValue, type Value } from "../cty/value";
import type { Field, Fields } from "./field";

/**
 * The SDK knows neither null nor unknown: what it reads is always there, with Go's zero value where
 * nothing was written. Its rules compare these views, so they have to be reproduced.
 */

/** The zero value of a primitive type. */
export function zero(type: PrimitiveType): string | number | boolean {
  return type.kind === "string" ? "" : type.kind === "number" ? 0 : false;
}

/** How the SDK writes a single known value as text; absent is empty. */
export function text(value: Value | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Decimal) return value.digits;
  if (typeof value === "object")
    throw new Error("only a single known value can be written as text");
  return String(value);
}

/**
 * A value of a field without null: what is absent in it has its default, if that counts, or its zero
 * value. Unknown values stay.
 */
export function filled(field: Field, value: Value | undefined, defaults: boolean): Value {
  const { shape } = field;
  if (value instanceof Unknown) return value;
  if (shape.kind === "primitive") {
    const absent = defaults && field.default !== undefined ? field.default : zero(shape.type);
    return value ?? absent;
  }
  if (shape.kind === "map") return value ?? new Map();
  const items = isList(value) ? value : [];
  if ("fields" in shape) {
    return items.map((item) => filledObject(shape.fields, item, defaults));
  }
  return items.map((item) => item ?? zero(shape.element));
}

/** {@link filled} for every field of a block. */
export function filledObject(fields: Fields, value: Value, defaults: boolean): Value {
  if (value instanceof Unknown) return value;
  const given = isMap(value) ? value : new Map<string, Value>();
  return new Map(
    [...fields].map(([name, field]) => [name, filled(field, given.get(name), defaults)]),
  );
}

/** A filled value in which unknown counts as zero, as it does in the SDK's CustomizeDiff. */
export function withoutUnknown(field: Field, value: Value): Value {
  const { shape } = field;
  if (shape.kind === "primitive") return value instanceof Unknown ? zero(shape.type) : value;
  if (shape.kind === "map") {
    if (!isMap(value)) return new Map();
    return new Map([...value].filter(([, item]) => !(item instanceof Unknown)));
  }
  if (!isList(value)) return [];
  if ("fields" in shape) {
    return value.map((item) => {
      const object: MapValue = isMap(item) ? item : new Map();
      return new Map(
        [...shape.fields].map(([name, inner]) => [
          name,
          withoutUnknown(inner, object.get(name) ?? filled(inner, null, false)),
        ]),
      );
    });
  }
  return value.map((item) => (item instanceof Unknown ? zero(shape.element) : item));
}

/**
 * Whether two filled values of a field are the same to the SDK. An unknown value equals none, and in
 * the elements of a set only what a user can write counts, for that is what their hash is made of.
 */
export function same(field: Field, a: Value, b: Value): boolean {
  const { shape } = field;
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (shape.kind === "map") return sameMaps(a, b);
  if (shape.kind === "primitive") return text(a) === text(b);
  if (!isList(a) || !isList(b) || a.length !== b.length) return false;
  if (shape.kind === "list") return a.every((item, i) => sameElement(field, item, b[i] ?? null));
  return a.every((item) => b.some((other) => sameElement(field, item, other)));
}

/** {@link same} for two elements of a list or set. */
export function sameElement(field: Field, a: Value, b: Value): boolean {
  const { shape } = field;
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (!("fields" in shape)) return text(a) === text(b);
  return [...shape.fields.values()].every((inner) => {
    if (shape.kind === "set" && !inner.optional && !inner.required) return true;
    const [left, right] = [
      isMap(a) ? a.get(inner.name) : null,
      isMap(b) ? b.get(inner.name) : null,
    ];
    return same(inner, left ?? filled(inner, null, false), right ?? filled(inner, null, false));
  });
}

function sameMaps(a: Value, b: Value): boolean {
  if (!isMap(a) || !isMap(b) || a.size !== b.size) return false;
  return [...a].every(([key, item]) => {
    const other = b.get(key);
    return other !== undefined && !(other instanceof Unknown) && text(item) === text(other);
  });
}
