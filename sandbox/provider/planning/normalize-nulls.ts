import { memberType } from "../cty/equality";
import type { CtyType } from "../cty/type";
import { isList, isMap, isWhollyKnown, Unknown, type Value } from "../cty/value";

/** The step of a resource's life in which nulls are restored. */
export type Step = "plan" | "read" | "apply";

/**
 * Gives back to a value of the SDK's making what the SDK lost on the way: empty text, empty
 * collections and unknown values that became null.
 *
 * @param source the value from which it was made: the proposed state when planning, the planned
 * state after an apply, the prior state after a read
 */
export function restoreNulls(type: CtyType, made: Value, source: Value, step: Step): Value {
  if (source instanceof Unknown) return made === null && step !== "apply" ? source : made;
  if (step === "apply" && isCollection(type) && oneIsNullOtherEmpty(made, source)) return source;
  if (source === null || made instanceof Unknown) return made;
  switch (type.kind) {
    case "object":
    case "map":
      return restoreInMap(type, made, source, step);
    case "list":
    case "tuple":
      return restoreInList(type, made, source, step);
    case "set":
      // What was planned is what was applied; a set cannot be matched element by element.
      return step === "apply" && isWhollyKnown(source) ? source : made;
    case "string":
      return made === null && source === "" ? source : made;
    default:
      return made;
  }
}

function isCollection(type: CtyType): boolean {
  return type.kind === "list" || type.kind === "set" || type.kind === "map";
}

function oneIsNullOtherEmpty(a: Value, b: Value): boolean {
  return (a === null && isEmpty(b)) || (isEmpty(a) && b === null);
}

function isEmpty(value: Value): boolean {
  return isList(value) ? value.length === 0 : isMap(value) && value.size === 0;
}

function restoreInMap(type: CtyType, made: Value, source: Value, step: Step): Value {
  if (!isMap(source)) return made;
  const restored = new Map(isMap(made) ? made : []);
  for (const [key, value] of source) {
    const own = restored.get(key);
    // Which keys a map has, the provider decides; an object has all its attributes.
    if (own === undefined && type.kind === "map") continue;
    const member = restoreNulls(memberType(type, key), own ?? null, value, step);
    const lost = type.kind === "map" && member instanceof Unknown && value !== null;
    restored.set(key, lost ? value : member);
  }
  if (restored.size > 0) return restored;
  return made === null && step === "apply" && isWhollyKnown(source) ? source : made;
}

function restoreInList(type: CtyType, made: Value, source: Value, step: Step): Value {
  if (!isList(source)) return made;
  if (!isList(made)) {
    const nothingKnown = source.every((item) => item instanceof Unknown);
    return step !== "apply" && nothingKnown ? source : made;
  }
  if (made.length !== source.length) return made;
  return made.map((item, index) =>
    restoreNulls(memberType(type, index), item, source[index] ?? null, step),
  );
}
