import { dotted, type Path } from "./path";
import { parseType, typeNotation, type CtyType } from "./type";
import { Decimal, Dynamic, isList, isMap, Unknown, type Value } from "./value";

/** How an unknown value is written in JSON that Terraform itself never sees. */
const UNKNOWN_MARK = "$unknown";

/** What happens to an attribute that the type does not have. */
export type ForeignAttributes = "refused" | "dropped";

/**
 * Reads a value from JSON in Terraform's shape, as in a state file. An attribute that is left out is
 * null.
 *
 * @throws Error naming the place when the JSON does not fit the type
 */
export function fromJson(
  type: CtyType,
  json: unknown,
  foreign: ForeignAttributes = "refused",
  path: Path = [],
): Value {
  if (json === null || json === undefined) return null;
  const inside = (member: CtyType, item: unknown, step: string | number): Value =>
    fromJson(member, item, foreign, [...path, step]);
  switch (type.kind) {
    case "string":
      if (typeof json === "string") return json;
      break;
    case "bool":
      if (typeof json === "boolean") return json;
      break;
    case "number":
      if (typeof json === "number") return json;
      break;
    case "list":
    case "set":
      if (Array.isArray(json)) return json.map((item, i) => inside(type.element, item, i));
      break;
    case "tuple":
      if (Array.isArray(json)) return type.elements.map((member, i) => inside(member, json[i], i));
      break;
    case "map":
      if (isObject(json)) {
        return new Map(
          Object.entries(json).map(([key, item]) => [key, inside(type.element, item, key)]),
        );
      }
      break;
    case "object":
      if (isObject(json)) {
        const stranger = Object.keys(json).find((name) => !type.attributes.has(name));
        if (stranger !== undefined && foreign === "refused") {
          throw new Error(`${dotted([...path, stranger])}: there is no such attribute`);
        }
        return new Map(
          [...type.attributes].map(([name, member]) => [name, inside(member, json[name], name)]),
        );
      }
      break;
    case "dynamic":
      if (isObject(json)) {
        const actual = parseType(json["type"]);
        return new Dynamic(actual, fromJson(actual, json["value"], foreign, path));
      }
  }
  const place = path.length === 0 ? "the value" : dotted(path);
  throw new Error(`${place}: a ${type.kind} is wanted, found ${JSON.stringify(json)}`);
}

/** Writes a value as {@link fromJson} reads it; an unknown value becomes `{"$unknown": true}`. */
export function toJson(value: Value): unknown {
  if (value instanceof Unknown) return { [UNKNOWN_MARK]: true };
  if (value instanceof Decimal) return Number(value.digits);
  if (value instanceof Dynamic) {
    return { type: typeNotation(value.type), value: toJson(value.value) };
  }
  if (isList(value)) return value.map(toJson);
  if (isMap(value)) {
    return Object.fromEntries([...value].map(([key, item]) => [key, toJson(item)]));
  }
  return value;
}

/** An object of JSON: neither null nor an array. */
export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
