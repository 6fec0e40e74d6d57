/** JSON as it travels between the stand-in provider and the world. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/**
 * A resource, data source or provider block in Terraform's shape: blocks are lists of objects, an absent value is
 * null or left out, and a value that Terraform does not know yet is `{"$unknown": true}`.
 *
 * The readers below follow the plugin SDK of Confluent's provider, for which null, unknown and the zero value are one.
 */
export type TerraformObject = JsonObject;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isUnknown(value: Json | undefined): boolean {
  return isObject(value) && value["$unknown"] === true;
}

/** A string attribute. @default "" */
export function text(object: TerraformObject, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}

/** A number attribute. @default undefined */
export function number(object: TerraformObject, name: string): number | undefined {
  const value = object[name];
  return typeof value === "number" ? value : undefined;
}

/** A bool attribute. @default false */
export function flag(object: TerraformObject, name: string): boolean {
  return object[name] === true;
}

/** Every element of a block, or of a list of objects. @default [] */
export function blocks(object: TerraformObject, name: string): readonly TerraformObject[] {
  const value = object[name];
  return isList(value) ? value.filter(isObject) : [];
}

/** A block that may be given once. @default undefined - it is not given */
export function block(object: TerraformObject, name: string): TerraformObject | undefined {
  const value = object[name];
  return isObject(value) && !isUnknown(value) ? value : blocks(object, name)[0];
}

/** The `id` inside a reference block such as `environment { id = … }`. @default "" */
export function idIn(object: TerraformObject, name: string): string {
  return text(block(object, name) ?? {}, "id");
}

/** A map of strings; entries that are null or unknown are left out. @default {} */
export function textMap(object: TerraformObject, name: string): Readonly<Record<string, string>> {
  const value = object[name];
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** The value without what is unknown in it: the basis of a state, to which the computed values are added. */
export function known(object: TerraformObject): TerraformObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => !isUnknown(value))
      .map(([name, value]) => [name, value === undefined ? undefined : knownValue(value)]),
  );
}

function knownValue(value: Json): Json {
  if (isObject(value)) {
    return known(value);
  }
  return isList(value) ? value.filter((element) => !isUnknown(element)).map(knownValue) : value;
}
