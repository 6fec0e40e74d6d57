import { decode, encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { decodeValue, encodeValue } from "../../../../sandbox/provider/cty/msgpack";
import { parseType, typeNotation } from "../../../../sandbox/provider/cty/type";
import { Decimal, Dynamic, Unknown, UNKNOWN } from "../../../../sandbox/provider/cty/value";
import { anyType, anyValue } from "../support/arbitrary-values";

describe("the MessagePack codec", () => {
  it("gives back every value of every type", () => {
    const typed = anyType.chain((type) => fc.tuple(fc.constant(type), anyValue(type)));
    fc.assert(
      fc.property(typed, ([type, value]) => {
        expect(decodeValue(type, encodeValue(type, value))).toStrictEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it("writes what the library itself would write for plain values", () => {
    const plain = fc.record(
      {
        text: fc.string(),
        flag: fc.boolean(),
        count: fc.integer(),
        names: fc.array(fc.string()),
      },
      { noNullPrototype: true },
    );
    const type = parseType([
      "object",
      { text: "string", flag: "bool", count: "number", names: ["list", "string"] },
    ]);
    fc.assert(
      fc.property(plain, (object) => {
        const value = new Map(Object.entries(object));
        expect(decode(encodeValue(type, value))).toStrictEqual(object);
        expect(decodeValue(type, encode(object))).toStrictEqual(value);
      }),
    );
  });

  it("writes the unknown value as Terraform does", () => {
    expect([...encodeValue({ kind: "string" }, UNKNOWN)]).toStrictEqual([0xd4, 0x00, 0x00]);
  });

  it("gives a refined unknown value back byte for byte", () => {
    // A string that is not null and starts with "T-": {1: false, 2: "T-"}.
    const refinement = Uint8Array.of(0x82, 0x01, 0xc2, 0x02, 0xa2, 0x54, 0x2d);
    const sent = encode(new ExtData(12, refinement));
    const value = decodeValue({ kind: "string" }, sent);
    expect(value).toStrictEqual(new Unknown(refinement));
    expect(encodeValue({ kind: "string" }, value)).toStrictEqual(sent);
  });

  it("writes every attribute of an object, absent ones as null", () => {
    const type = parseType(["object", { id: "string", name: "string" }]);
    expect(decode(encodeValue(type, new Map([["id", "a"]])))).toStrictEqual({
      id: "a",
      name: null,
    });
  });

  it("keeps integers that no JavaScript number holds", () => {
    const sent = encode(2n ** 60n + 1n, { useBigInt64: true });
    const value = decodeValue({ kind: "number" }, sent);
    expect(value).toStrictEqual(new Decimal("1152921504606846977"));
    expect(decode(encodeValue({ kind: "number" }, value))).toBe("1152921504606846977");
  });

  it("writes a dynamic value with its type", () => {
    const value = new Dynamic(parseType(["list", "number"]), [1, 2]);
    const written = decode(encodeValue({ kind: "dynamic" }, value));
    expect(written).toStrictEqual([new Uint8Array(Buffer.from('["list","number"]')), [1, 2]]);
  });

  it.each([
    [["list", "string"], { a: 1 }, "the value: a list is wanted, found object"],
    [["object", { id: "string" }], { id: 5 }, "id: a string is wanted, found number"],
    [["map", ["list", "bool"]], { a: [true, "no"] }, "a.1: a bool is wanted, found string"],
    [["tuple", ["string"]], [], "the value: a tuple is wanted, found array"],
  ])("fails to read %j from %j", (notation, sent, message) => {
    expect(() => decodeValue(parseType(notation), encode(sent))).toThrow(message);
  });

  it("fails to write a value of another type", () => {
    expect(() => encodeValue({ kind: "list", element: { kind: "string" } }, "text")).toThrow(
      "the value: a list is wanted, found string",
    );
  });
});

describe("the notation of types", () => {
  it("gives back every type", () => {
    fc.assert(
      fc.property(anyType, (type) => {
        const notation: unknown = JSON.parse(JSON.stringify(typeNotation(type)));
        expect(parseType(notation)).toStrictEqual(type);
      }),
    );
  });

  it.each([["text"], [["list"]], [["object", "string"]], [null]])("fails for %j", (notation) => {
    expect(() => parseType(notation)).toThrow("is not the notation of a Terraform type");
  });
});
