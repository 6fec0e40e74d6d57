import type { CtyType } from "./type";

/**
 * A Terraform value. Objects and maps are both a `Map`, lists, sets and tuples an array: which of
 * them a value is, its {@link CtyType} says.
 */
export type Value =
  null | boolean | number | string | Decimal | Unknown | Dynamic | readonly Value[] | MapValue;

export type MapValue = ReadonlyMap<string, Value>;

/** A value that Terraform does not know yet ("known after apply"). */
export class Unknown {
  /**
   * @param refinement what Terraform already knows about the value (its prefix, that it is not
   * null …), in the encoding Terraform sent it. A provider has to give it back as it came.
   */
  constructor(readonly refinement?: Uint8Array) {}
}

/** An unknown value about which nothing is known. */
export const UNKNOWN = new Unknown();

/** A number that no JavaScript number holds exactly, in decimal digits. */
export class Decimal {
  constructor(readonly digits: string) {}
}

/** A value of the dynamic type, with the type it has. */
export class Dynamic {
  constructor(
    readonly type: CtyType,
    readonly value: Value,
  ) {}
}

export function isMap(value: Value | undefined): value is MapValue {
  return value instanceof Map;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether neither the value nor anything in it is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value instanceof Unknown) return false;
  if (value instanceof Dynamic) return isWhollyKnown(value.value);
  if (isList(value)) return value.every(isWhollyKnown);
  if (isMap(value)) return [...value.values()].every(isWhollyKnown);
  return true;
}

/** An attribute of an object; `null` when the object itself is absent. */
export function attribute(object: Value, name: string): Value {
  return isMap(object) ? (object.get(name) ?? null) : null;
}
