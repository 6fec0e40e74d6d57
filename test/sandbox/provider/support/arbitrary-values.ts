import fc from "fast-check";
import type { CtyType } from "../../../../sandbox/provider/cty/type";
import {
  Decimal,
  Dynamic,
  Unknown,
  UNKNOWN,
  type Value,
} from "../../../../sandbox/provider/cty/value";

/** Any type, nested a few levels deep. */
export const anyType: fc.Arbitrary<CtyType> = fc.letrec<{ type: CtyType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<CtyType>(
      { kind: "string" },
      { kind: "number" },
      { kind: "bool" },
      { kind: "dynamic" },
    ),
    fc
      .record({ kind: fc.constantFrom("list", "set", "map"), element: tie("type") })
      .map(({ kind, element }): CtyType => ({ kind, element })),
    fc
      .array(tie("type"), { maxLength: 3 })
      .map((elements): CtyType => ({ kind: "tuple", elements })),
    fc
      .dictionary(name(), tie("type"), { maxKeys: 4 })
      .map((types): CtyType => ({ kind: "object", attributes: new Map(Object.entries(types)) })),
  ),
})).type;

/** Any value of a type: null, known, unknown, unknown with a refinement. */
export function anyValue(type: CtyType): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 8, arbitrary: knownValue(type) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(UNKNOWN) },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => new Unknown(bytes)),
    },
  );
}

/** A type with two values of it. */
export const typeWithTwoValues = anyType.chain((type) =>
  fc.record({ type: fc.constant(type), a: anyValue(type), b: anyValue(type) }),
);

function knownValue(type: CtyType): fc.Arbitrary<Value> {
  switch (type.kind) {
    case "string":
      return fc.string({ unit: "binary" });
    case "bool":
      return fc.boolean();
    case "number":
      return fc.oneof<fc.Arbitrary<Value>[]>(
        fc.maxSafeInteger().map((number) => (number === 0 ? 0 : number)),
        fc.double({ noNaN: true }).map((number) => (number === 0 ? 0 : number)),
        fc.bigInt({ min: 2n ** 53n }).map((number) => new Decimal(number.toString())),
      );
    case "list":
    case "set":
      return fc.array(anyValue(type.element), { maxLength: 4 });
    case "map":
      return fc
        .dictionary(name(), anyValue(type.element), { maxKeys: 4 })
        .map((record) => new Map(Object.entries(record)));
    case "tuple":
      return fc.tuple(...type.elements.map(anyValue));
    case "object":
      return fc
        .tuple(...[...type.attributes.values()].map(anyValue))
        .map(
          (values) =>
            new Map([...type.attributes.keys()].map((key, i) => [key, values[i] ?? null])),
        );
    case "dynamic":
      return fc.oneof(
        fc.string().map((text) => new Dynamic({ kind: "string" }, text)),
        fc.boolean().map((flag) => new Dynamic({ kind: "bool" }, flag)),
      );
  }
}

/** The MessagePack library refuses the one key with which an object's prototype could be changed. */
function name(): fc.Arbitrary<string> {
  return fc.string().filter((text) => text !== "__proto__");
}
