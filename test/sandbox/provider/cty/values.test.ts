import fc from "fast-check";
import { equal } from "../../../../sandbox/provider/cty/equality";
import { fromJson, toJson } from "../../../../sandbox/provider/cty/json";
import { parseType } from "../../../../sandbox/provider/cty/type";
import {
  Decimal,
  isWhollyKnown,
  Unknown,
  UNKNOWN,
  type Value,
} from "../../../../sandbox/provider/cty/value";
import { typeWithTwoValues } from "../support/arbitrary-values";

describe("equality", () => {
  it("is reflexive and symmetric", () => {
    fc.assert(
      fc.property(typeWithTwoValues, ({ type, a, b }) => {
        expect(equal(type, a, a)).toBe(true);
        expect(equal(type, a, b)).toBe(equal(type, b, a));
      }),
    );
  });

  it("regards the order of a list, not that of a set", () => {
    expect(equal(parseType(["set", "number"]), [1, 2, 2], [2, 1, 2])).toBe(true);
    expect(equal(parseType(["set", "number"]), [1, 2, 2], [2, 1, 1])).toBe(false);
    expect(equal(parseType(["list", "number"]), [1, 2], [2, 1])).toBe(false);
  });

  it("takes one unknown value for another", () => {
    const refined = new Unknown(Uint8Array.of(1));
    expect(equal({ kind: "string" }, UNKNOWN, refined)).toBe(true);
    expect(equal({ kind: "string" }, UNKNOWN, "")).toBe(false);
  });

  it("tells null from empty", () => {
    expect(equal(parseType(["list", "string"]), null, [])).toBe(false);
    expect(equal(parseType("string"), null, "")).toBe(false);
  });
});

describe("values as JSON", () => {
  const type = parseType([
    "object",
    {
      name: "string",
      count: "number",
      config: ["map", "string"],
      owner: ["list", ["object", { id: "string" }]],
    },
  ]);

  it("reads Terraform's shape and fills in what is left out", () => {
    const json = { name: "orders", owner: [{ id: "sa-1" }, {}] };
    expect(fromJson(type, json)).toStrictEqual(
      new Map<string, unknown>([
        ["name", "orders"],
        ["count", null],
        ["config", null],
        ["owner", [new Map([["id", "sa-1"]]), new Map([["id", null]])]],
      ]),
    );
  });

  it("marks what is unknown", () => {
    const value = new Map<string, Value>([
      ["config", new Map([["a", UNKNOWN]])],
      ["owner", new Unknown(Uint8Array.of(1))],
    ]);
    expect(toJson(value)).toStrictEqual({
      config: { a: { $unknown: true } },
      owner: { $unknown: true },
    });
    expect(isWhollyKnown(value)).toBe(false);
  });

  it("writes large numbers as numbers", () => {
    expect(toJson(new Decimal("1152921504606846976"))).toBe(1152921504606846976);
  });

  it.each([
    [{ nam: "orders" }, "nam: there is no such attribute"],
    [{ count: "6" }, 'count: a number is wanted, found "6"'],
    [{ owner: [{ id: 1 }] }, "owner.0.id: a string is wanted, found 1"],
    [[], "the value: a object is wanted, found []"],
  ])("fails to read %j", (json, message) => {
    expect(() => fromJson(type, json)).toThrow(message);
  });

  it("drops attributes of another version where it is told to", () => {
    expect(toJson(fromJson(type, { gone: 1, name: "a" }, "dropped"))).toStrictEqual({
      name: "a",
      count: null,
      config: null,
      owner: null,
    });
  });
});
