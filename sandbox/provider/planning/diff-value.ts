import type { Path } from "../cty/path";
import { isMap, Unknown, UNKNOWN, type Value } from "../cty/value";
import type { PrimitiveType } from "../cty/type";
import type { Field } from "./field";
import { text, zero } from "./legacy-value";

/** What the comparison of a field in the state and in the configuration finds. */
export interface FieldDiff {
  /** The value after the change. */
  readonly planned: Value;
  /** Whether the SDK would record a difference, however small. */
  readonly changed: boolean;
  /** Places whose change replaces the resource. */
  readonly replaces: readonly Path[];
}

/** Where a field is, and in what. */
export interface Place {
  readonly path: Path;
  /** Whether the resource exists: what is computed is then decided. */
  readonly exists: boolean;
  /** In an element of a set, where the SDK records every argument, changed or not. */
  readonly inSet: boolean;
}

export function keep(planned: Value): FieldDiff {
  return { planned, changed: false, replaces: [] };
}

export function change(planned: Value, replaced: boolean, { path }: Place): FieldDiff {
  return { planned, changed: true, replaces: replaced ? [path] : [] };
}

/** Compares an argument that holds a single value. */
export function diffPrimitive(
  field: Field,
  type: PrimitiveType,
  old: Value | undefined,
  configured: Value | undefined,
  place: Place,
): FieldDiff {
  const { computed, forceNew, sameAs } = field;
  const unchanged = keep(old ?? (field.required && type.kind === "string" ? "" : null));
  const unknown = configured instanceof Unknown;
  const next = configured ?? field.default;
  const before = text(old);
  const after = unknown ? null : text(next ?? (old === undefined ? undefined : zero(type)));

  const decided = before !== "" || place.exists || !computed;
  if (before === after && !place.inSet && decided) return unchanged;
  const removed = old !== undefined && next === undefined;
  if (removed && computed) return unchanged;
  if (!removed && computed && before !== "" && after === "") return unchanged;
  // To a suppression function, unknown is some text unlike any other.
  if (sameAs?.(before, after ?? "\0unknown") === true) return unchanged;

  const becomesUnknown = unknown || (computed && after === "");
  const replaced = forceNew && (before !== after || becomesUnknown);
  if (unknown) return change(configured, replaced, place);
  if (becomesUnknown) return change(UNKNOWN, replaced, place);
  if (removed) return change(null, replaced, place);
  return change(next ?? (type.kind === "string" ? "" : null), replaced, place);
}

/** Compares an argument that holds a map. */
export function diffMap(
  field: Field,
  old: Value | undefined,
  next: Value | undefined,
  place: Place,
): FieldDiff {
  const { computed, forceNew } = field;
  const before = isMap(old) ? old : new Map<string, Value>();
  // One unknown element makes the whole map unknown.
  const unknown =
    next instanceof Unknown ||
    (isMap(next) && [...next.values()].some((item) => item instanceof Unknown));
  if (unknown) return change(next instanceof Unknown ? next : UNKNOWN, forceNew, place);
  if (!isMap(next)) {
    if (computed) return old === undefined ? change(UNKNOWN, forceNew, place) : keep(old);
    if (before.size === 0) return keep(old ?? null);
    return change(new Map(), forceNew, place);
  }
  if (computed && old === undefined && next.size === 0) return change(UNKNOWN, forceNew, place);

  const planned = new Map<string, Value>();
  for (const [key, value] of next) {
    // An empty value of a computed map is "unset" to the SDK.
    const unset = computed && text(value) === "" && text(before.get(key)) !== "";
    planned.set(key, unset ? (before.get(key) ?? null) : value);
  }
  const changed =
    planned.size !== before.size ||
    [...planned].some(([key, value]) => !before.has(key) || text(before.get(key)) !== text(value));
  if (!changed) return keep(old ?? null);
  return change(planned, forceNew, place);
}
