import { isList, isMap, Unknown, UNKNOWN, type Value } from "../cty/value";
import { change, diffMap, diffPrimitive, keep, type FieldDiff, type Place } from "./diff-value";
import type { Field, Fields } from "./field";
import { filled, filledObject, same, sameElement, text } from "./legacy-value";

/**
 * Compares all fields of a block.
 *
 * @param old the block in the state, undefined where there is none; from a nested block on its
 * values are filled, as the SDK keeps them
 * @param next the block in the proposed state, null where it is taken away
 */
export function diffFields(
  fields: Fields,
  old: Value | undefined,
  next: Value,
  place: Place = { path: [], exists: old !== undefined, inSet: false },
): { planned: Map<string, Value>; diffs: ReadonlyMap<string, FieldDiff> } {
  const diffs = new Map<string, FieldDiff>();
  for (const [name, field] of fields) {
    const before = isMap(old) ? (old.get(name) ?? undefined) : undefined;
    const after = next instanceof Unknown ? next : isMap(next) ? next.get(name) : undefined;
    diffs.set(name, diffField(field, before, after ?? undefined, inside(place, name)));
  }
  const planned = new Map([...diffs].map(([name, { planned }]) => [name, planned]));
  return { planned, diffs };
}

function inside(place: Place, step: string | number): Place {
  return { ...place, path: [...place.path, step] };
}

function diffField(
  field: Field,
  old: Value | undefined,
  next: Value | undefined,
  place: Place,
): FieldDiff {
  const { shape } = field;
  if (shape.kind === "primitive") return diffPrimitive(field, shape.type, old, next, place);
  if (shape.kind === "map") return diffMap(field, old, next, place);
  // The SDK skips empty block lists of the configuration, not empty list attributes.
  const given = field.block && isList(next) && next.length === 0 ? undefined : next;
  return shape.kind === "list"
    ? diffList(field, old, given, place)
    : diffSet(field, old, given, place);
}

function diffList(
  field: Field,
  old: Value | undefined,
  next: Value | undefined,
  place: Place,
): FieldDiff {
  if (next instanceof Unknown) return change(next, field.forceNew, place);
  if (old !== undefined && next === undefined && field.computed) return keep(old);
  if (
    next !== undefined &&
    !place.inSet &&
    same(field, filled(field, old, false), filled(field, next, true))
  ) {
    return keep(old ?? null);
  }
  const before = isList(old) ? old : [];
  const after = isList(next) ? next : [];
  if (before.length === 0 && after.length === 0) {
    return field.computed
      ? change(UNKNOWN, field.forceNew, place)
      : keep(field.block ? [] : (old ?? null));
  }

  const length = Math.max(before.length, after.length);
  const elements = Array.from({ length }, (_, index) =>
    diffElement(field, before[index], after[index], inside(place, index)),
  );
  const resized = before.length !== after.length;
  const replaces = elements.flatMap((element) => element.replaces);
  if (resized && field.forceNew) replaces.push(place.path);
  return {
    planned: elements.slice(0, after.length).map((element) => element.planned),
    changed: resized || elements.some((element) => element.changed),
    replaces,
  };
}

function diffElement(
  field: Field,
  old: Value | undefined,
  next: Value | undefined,
  place: Place,
): FieldDiff {
  const { shape } = field;
  if ("fields" in shape) {
    const { planned, diffs } = diffFields(shape.fields, old, next ?? null, place);
    const found = [...diffs.values()];
    return {
      planned,
      changed: found.some(({ changed }) => changed),
      replaces: found.flatMap(({ replaces }) => replaces),
    };
  }
  const [before, after] = [text(old), next instanceof Unknown ? null : text(next)];
  if (old !== undefined && before === after) return keep(old);
  // Only a whole argument can be the reason of a replacement, not one of its values.
  return change(next ?? null, field.forceNew, { ...place, path: place.path.slice(0, -1) });
}

function diffSet(
  field: Field,
  old: Value | undefined,
  next: Value | undefined,
  place: Place,
): FieldDiff {
  if (next instanceof Unknown) return change(next, field.forceNew, place);
  if (next === undefined && field.computed) {
    return old === undefined ? change(UNKNOWN, field.forceNew, place) : keep(old);
  }
  const before = isList(old) ? old : [];
  const after = isList(next) ? next : [];
  if (same(field, filled(field, before, false), filled(field, after, true))) {
    return keep(old ?? (field.block ? [] : null));
  }

  const { shape } = field;
  const twin = (item: Value, among: readonly Value[]): Value | undefined =>
    among.find((other) => sameElement(field, item, other));
  const configured = after.map((item) =>
    "fields" in shape ? filledObject(shape.fields, item, true) : item,
  );
  const setPlace = { ...place, inSet: true };
  const planned = after.map((item, index) =>
    diffElement(field, twin(configured[index] ?? null, before), item, inside(setPlace, index)),
  );
  const removed = before
    .filter((item) => twin(item, configured) === undefined)
    .map((item) => diffElement(field, item, undefined, setPlace));
  // Elements of a set have no address: whatever changes in one replaces through the set itself.
  const replaced = [...planned, ...removed].some(({ replaces }) => replaces.length > 0);
  return change(
    planned.map((element) => element.planned),
    replaced || (field.forceNew && before.length !== after.length),
    place,
  );
}
