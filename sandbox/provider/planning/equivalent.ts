import { equal, memberType } from "../cty/equality";
import type { CtyType } from "../cty/type";
import { isList, isMap, Unknown, type Value } from "../cty/value";

/**
 * Whether two values differ only in ways that the SDK does not regard: null, zero, false, empty text
 * and empty collections are all the same to it.
 */
export function equivalent(type: CtyType, a: Value, b: Value): boolean {
  if (equal(type, a, b)) return true;
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (isZero(a) || isZero(b)) return isZero(a) && isZero(b);
  if (isList(a) && isList(b)) return equivalentSequences(type, a, b);
  if (isMap(a) && isMap(b)) {
    return (
      a.size === b.size &&
      [...a].every(([key, value]) => {
        const other = b.get(key);
        return other !== undefined && equivalent(memberType(type, key), value, other);
      })
    );
  }
  return false;
}

function isZero(value: Value): boolean {
  if (isList(value)) return value.length === 0;
  if (isMap(value)) return value.size === 0;
  return value === null || value === "" || value === 0 || value === false;
}

function equivalentSequences(type: CtyType, a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  if (type.kind === "set") {
    const has = (among: readonly Value[], value: Value): boolean =>
      among.some((other) => equivalent(type.element, value, other));
    return a.every((value) => has(b, value)) && b.every((value) => has(a, value));
  }
  return a.every((value, i) => equivalent(memberType(type, i), value, b[i] ?? null));
}
