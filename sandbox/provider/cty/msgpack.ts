import { decode, encode, ExtData } from "@msgpack/msgpack";
import { dotted, type Path } from "./path";
import { parseType, typeNotation, type CtyType } from "./type";
import { Decimal, Dynamic, isList, isMap, Unknown, UNKNOWN, type Value } from "./value";

/** The MessagePack extension in which Terraform sends an unknown value with what is known of it. */
const REFINED_UNKNOWN = 12;

/**
 * Reads a value in the MessagePack encoding of Terraform's plugin protocol. The encoding says little
 * about types: an object is a map, a set an array, so the type has to be known.
 *
 * @throws Error when the bytes do not hold a value of the type
 */
export function decodeValue(type: CtyType, bytes: Uint8Array): Value {
  return fromMessagePack(type, decode(bytes, { useBigInt64: true }), []);
}

/**
 * Writes a value as {@link decodeValue} reads it. An absent attribute of an object is written as
 * null: Terraform wants every attribute to be there.
 *
 * @throws Error when the value does not have the type
 */
export function encodeValue(type: CtyType, value: Value): Uint8Array {
  return encode(toMessagePack(type, value, []));
}

function fromMessagePack(type: CtyType, raw: unknown, path: Path): Value {
  if (raw === null || raw === undefined) return null;
  if (raw instanceof ExtData) return unknownFrom(raw);
  switch (type.kind) {
    case "string":
      if (typeof raw === "string") return raw;
      break;
    case "bool":
      if (typeof raw === "boolean") return raw;
      break;
    case "number":
      if (typeof raw === "number") return raw === 0 ? 0 : raw;
      if (typeof raw === "bigint") return integer(raw);
      if (typeof raw === "string") return new Decimal(raw);
      break;
    case "list":
    case "set":
      if (Array.isArray(raw)) {
        return raw.map((item, index) => fromMessagePack(type.element, item, [...path, index]));
      }
      break;
    case "tuple":
      if (Array.isArray(raw) && raw.length === type.elements.length) {
        return type.elements.map((member, index) =>
          fromMessagePack(member, raw[index], [...path, index]),
        );
      }
      break;
    case "map":
      if (isPlainObject(raw)) {
        return new Map(
          Object.entries(raw).map(([key, item]) => [
            key,
            fromMessagePack(type.element, item, [...path, key]),
          ]),
        );
      }
      break;
    case "object":
      if (isPlainObject(raw)) {
        return new Map(
          [...type.attributes].map(([name, member]) => [
            name,
            fromMessagePack(member, raw[name], [...path, name]),
          ]),
        );
      }
      break;
    case "dynamic":
      return dynamicFrom(raw, path);
  }
  throw mismatch(type, raw, path);
}

function unknownFrom(extension: ExtData): Unknown {
  if (extension.type !== REFINED_UNKNOWN) return UNKNOWN;
  const { data } = extension;
  return new Unknown(typeof data === "function" ? data(0) : data);
}

/** Terraform encodes a number as an integer where it can: only the large ones need digits. */
function integer(raw: bigint): Value {
  const number = Number(raw);
  return Number.isSafeInteger(number) ? number : new Decimal(raw.toString());
}

function dynamicFrom(raw: unknown, path: Path): Value {
  if (!Array.isArray(raw) || raw.length !== 2 || !(raw[0] instanceof Uint8Array)) {
    throw mismatch({ kind: "dynamic" }, raw, path);
  }
  const type = parseType(JSON.parse(Buffer.from(raw[0]).toString("utf8")));
  return new Dynamic(type, fromMessagePack(type, raw[1], path));
}

function toMessagePack(type: CtyType, value: Value, path: Path): unknown {
  if (value === null) return null;
  if (value instanceof Unknown) {
    return value.refinement === undefined
      ? new ExtData(0, Uint8Array.of(0))
      : new ExtData(REFINED_UNKNOWN, value.refinement);
  }
  switch (type.kind) {
    case "string":
      if (typeof value === "string") return value;
      break;
    case "bool":
      if (typeof value === "boolean") return value;
      break;
    case "number":
      if (typeof value === "number") return value;
      if (value instanceof Decimal) return value.digits;
      break;
    case "list":
    case "set":
      if (isList(value)) {
        return value.map((item, index) => toMessagePack(type.element, item, [...path, index]));
      }
      break;
    case "tuple":
      if (isList(value) && value.length === type.elements.length) {
        return type.elements.map((member, index) =>
          toMessagePack(member, value[index] ?? null, [...path, index]),
        );
      }
      break;
    case "map":
      if (isMap(value)) {
        return Object.fromEntries(
          [...value].map(([key, item]) => [key, toMessagePack(type.element, item, [...path, key])]),
        );
      }
      break;
    case "object":
      if (isMap(value)) {
        return Object.fromEntries(
          [...type.attributes].map(([name, member]) => [
            name,
            toMessagePack(member, value.get(name) ?? null, [...path, name]),
          ]),
        );
      }
      break;
    case "dynamic":
      if (value instanceof Dynamic) {
        const notation = JSON.stringify(typeNotation(value.type));
        return [Buffer.from(notation), toMessagePack(value.type, value.value, path)];
      }
  }
  throw mismatch(type, value, path);
}

function isPlainObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function mismatch(type: CtyType, found: unknown, path: Path): Error {
  const what = Array.isArray(found) ? "array" : typeof found;
  const place = path.length === 0 ? "the value" : dotted(path);
  return new Error(`${place}: a ${type.kind} is wanted, found ${what}`);
}
