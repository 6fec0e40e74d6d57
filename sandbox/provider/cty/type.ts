/**
 * Terraform's types, as its "cty" library names them.
 *
 * A provider schema writes them as JSON: `"string"`, `["list", "string"]`,
 * `["object", { "id": "string" }]`.
 */
export type CtyType = PrimitiveType | DynamicType | CollectionType | TupleType | ObjectType;

export interface PrimitiveType {
  readonly kind: "string" | "number" | "bool";
}

/** A value that carries its own type. */
export interface DynamicType {
  readonly kind: "dynamic";
}

export interface CollectionType {
  readonly kind: "list" | "set" | "map";
  readonly element: CtyType;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly elements: readonly CtyType[];
}

export interface ObjectType {
  readonly kind: "object";
  readonly attributes: ReadonlyMap<string, CtyType>;
}

/**
 * Reads the JSON notation of a type.
 *
 * @throws Error when the notation is not one of Terraform's
 */
export function parseType(notation: unknown): CtyType {
  if (notation === "string" || notation === "number" || notation === "bool") {
    return { kind: notation };
  }
  if (notation === "dynamic") return { kind: "dynamic" };
  if (Array.isArray(notation)) return parseCompoundType(notation);
  throw notAType(notation);
}

function parseCompoundType(notation: readonly unknown[]): CtyType {
  const [kind, argument] = notation;
  switch (kind) {
    case "list":
    case "set":
    case "map":
      return { kind, element: parseType(argument) };
    case "tuple":
      if (Array.isArray(argument)) return { kind, elements: argument.map(parseType) };
      break;
    case "object":
      if (typeof argument === "object" && argument !== null) {
        const attributes = Object.entries(argument).map(
          ([name, type]) => [name, parseType(type)] as const,
        );
        return { kind, attributes: new Map(attributes) };
      }
  }
  throw notAType(notation);
}

function notAType(notation: unknown): Error {
  return new Error(`${JSON.stringify(notation)} is not the notation of a Terraform type`);
}

/** Writes a type in the JSON notation that {@link parseType} reads. */
export function typeNotation(type: CtyType): unknown {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return [type.kind, typeNotation(type.element)];
    case "tuple":
      return [type.kind, type.elements.map(typeNotation)];
    case "object":
      return [
        type.kind,
        Object.fromEntries([...type.attributes].map(([name, t]) => [name, typeNotation(t)])),
      ];
    default:
      return type.kind;
  }
}
