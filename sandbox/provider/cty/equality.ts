import { typeNotation, type CtyType } from "./type";
import { Decimal, Dynamic, isList, isMap, Unknown, type Value } from "./value";

/**
 * Whether two values of one type are the same. Sets compare without order; an unknown value equals
 * an unknown value, whatever is known about either.
 */
export function equal(type: CtyType, a: Value, b: Value): boolean {
  if (a instanceof Unknown || b instanceof Unknown) {
    return a instanceof Unknown && b instanceof Unknown;
  }
  if (isList(a) && isList(b)) return equalSequences(type, a, b);
  if (isMap(a) && isMap(b)) {
    return (
      a.size === b.size &&
      [...a].every(([key, value]) => {
        const other = b.get(key);
        return other !== undefined && equal(memberType(type, key), value, other);
      })
    );
  }
  if (a instanceof Decimal && b instanceof Decimal) return a.digits === b.digits;
  if (a instanceof Dynamic && b instanceof Dynamic) {
    return (
      JSON.stringify(typeNotation(a.type)) === JSON.stringify(typeNotation(b.type)) &&
      equal(a.type, a.value, b.value)
    );
  }
  return a === b;
}

function equalSequences(type: CtyType, a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  if (type.kind !== "set") {
    return a.every((value, index) => equal(memberType(type, index), value, b[index] ?? null));
  }
  const rest = [...b];
  return a.every((value) => {
    const index = rest.findIndex((other) => equal(type.element, value, other));
    if (index < 0) return false;
    rest.splice(index, 1);
    return true;
  });
}

/** The type of what lies under a key or an index. */
export function memberType(type: CtyType, step: string | number): CtyType {
  const member =
    type.kind === "object"
      ? type.attributes.get(String(step))
      : type.kind === "tuple"
        ? type.elements[Number(step)]
        : "element" in type
          ? type.element
          : undefined;
  if (member === undefined) throw new Error(`a ${type.kind} has no member ${step}`);
  return member;
}
