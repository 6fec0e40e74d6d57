import { dotted } from "../../../../sandbox/provider/cty/path";
import { UNKNOWN } from "../../../../sandbox/provider/cty/value";
import type { SchemaType } from "../../../../sandbox/provider/resource-type";
import { ConfigValidator } from "../../../../sandbox/provider/validation/validate";
import { exampleType, objectOf, optional, required } from "../support/planning";

/** Each mistake as `<place>: <summary> <detail>`. */
function mistakes(type: SchemaType, config: Readonly<Record<string, unknown>>): string[] {
  const validator = new ConfigValidator(type.fields, type.facts);
  return validator
    .validate(objectOf(type, config))
    .map(({ summary, detail, attribute = [] }) =>
      [`${dotted(attribute)}:`, summary, detail].filter(Boolean).join(" "),
    );
}

describe("single values", () => {
  const type = exampleType(
    {
      attributes: { cloud: optional, size: { type: "number", optional: true } },
      block_types: { owner: { nesting_mode: "list", block: { attributes: { id: required } } } },
    },
    {
      enums: { cloud: ["AWS", "GCP"] },
      checks: { size: "min:1", "owner.id": "prefix:sa-" },
    },
  );

  it("passes what is right, left out or unknown", () => {
    expect(mistakes(type, { cloud: "AWS", size: 1, owner: [{ id: "sa-1" }] })).toStrictEqual([]);
    expect(mistakes(type, {})).toStrictEqual([]);
    expect(mistakes(type, { cloud: UNKNOWN, owner: [{ id: UNKNOWN }] })).toStrictEqual([]);
    expect(mistakes(type, { owner: UNKNOWN })).toStrictEqual([]);
  });

  it("fails with the place and all mistakes at once", () => {
    expect(mistakes(type, { cloud: "aws", size: 0, owner: [{ id: "u-1" }] })).toStrictEqual([
      "cloud: expected cloud to be one of [AWS GCP], got aws",
      "size: expected size to be at least (1), got 0",
      "owner.0.id: invalid value for owner.0.id (must start with 'sa-')",
    ]);
  });

  it("fails for a fraction", () => {
    expect(mistakes(type, { size: 1.5 })).toStrictEqual([
      "size: Attribute must be a whole number, got 1.5",
    ]);
  });

  it("takes any case only where the facts say so", () => {
    const lenient = exampleType(
      { attributes: { cloud: optional } },
      { enums: { cloud: ["AWS"] }, enumsCaseInsensitive: ["cloud"] },
    );
    expect(mistakes(lenient, { cloud: "aws" })).toStrictEqual([]);
  });
});

describe("lists and sets", () => {
  const names = { type: ["list", "string"], optional: true } as const;
  const type = exampleType(
    {
      attributes: { names, tags: { type: ["set", "string"], optional: true } },
      block_types: { rule: { nesting_mode: "set", block: { attributes: { kind: required } } } },
    },
    {
      minItems: { names: 1 },
      maxItems: { names: 2 },
      checks: { "names[]": "nonEmpty" },
      enums: { "rule.kind": ["CONDITION"] },
    },
  );

  it("fails for too few and too many elements", () => {
    expect(mistakes(type, { names: [] })).toStrictEqual([
      "names: Not enough list items Attribute requires 1 item minimum, but config has only 0 declared.",
    ]);
    expect(mistakes(type, { names: ["a", "b", "c"] })).toStrictEqual([
      "names: Too many list items Attribute supports 2 item maximum, but config has 3 declared.",
    ]);
  });

  it("fails for an element, at its place in a list and at the set itself", () => {
    expect(mistakes(type, { names: ["a", ""] })).toStrictEqual([
      'names.1: expected "names.1" to not be an empty string, got ',
    ]);
    expect(mistakes(type, { rule: [{ kind: "OTHER" }] })).toStrictEqual([
      "rule: expected rule.0.kind to be one of [CONDITION], got OTHER",
    ]);
  });

  it("fails for null among elements", () => {
    expect(mistakes(type, { tags: ["a", null] })).toStrictEqual([
      "tags: Null value found in list Null values are not allowed for this attribute value.",
    ]);
  });
});

describe("combinations", () => {
  const block = { attributes: {} };
  const tiers = exampleType(
    {
      attributes: { key: optional, secret: optional },
      block_types: {
        basic: { nesting_mode: "list", block },
        standard: { nesting_mode: "list", block },
        lock: { nesting_mode: "list", block },
      },
    },
    {
      exactlyOneOf: [["basic", "standard"]],
      conflicts: { basic: ["lock"], lock: ["basic"] },
      requiredWith: { key: ["secret"] },
      atLeastOneOf: [["basic", "standard", "lock"]],
    },
  );

  it("wants exactly one of a group, and says so for each member", () => {
    const none = "one of `basic,standard` must be specified";
    expect(mistakes(tiers, { lock: [{}] })).toStrictEqual([
      `basic: Invalid combination of arguments "basic": ${none}`,
      `standard: Invalid combination of arguments "standard": ${none}`,
    ]);
    const both =
      "only one of `basic,standard` can be specified, but `basic,standard` were specified.";
    expect(mistakes(tiers, { basic: [{}], standard: [{}] })).toStrictEqual([
      `basic: Invalid combination of arguments "basic": ${both}`,
      `standard: Invalid combination of arguments "standard": ${both}`,
    ]);
    expect(mistakes(tiers, { standard: UNKNOWN })).toStrictEqual([]);
  });

  it("refuses what excludes one another, on both sides", () => {
    expect(mistakes(tiers, { basic: [{}], lock: [{}] })).toStrictEqual([
      'basic: Conflicting configuration arguments "basic": conflicts with lock',
      'lock: Conflicting configuration arguments "lock": conflicts with basic',
    ]);
  });

  it("wants what belongs together", () => {
    expect(mistakes(tiers, { basic: [{}], key: "k" })).toStrictEqual([
      'key: Missing required argument "key": all of `key,secret` must be specified',
    ]);
    expect(mistakes(tiers, { basic: [{}], key: "k", secret: UNKNOWN })).toStrictEqual([]);
  });

  it("wants at least one of a group", () => {
    const loose = exampleType(
      { attributes: { a: optional, b: optional } },
      { atLeastOneOf: [["a", "b"]] },
    );
    expect(mistakes(loose, {})).toStrictEqual([
      'a: Missing required argument "a": one of `a,b` must be specified',
      'b: Missing required argument "b": one of `a,b` must be specified',
    ]);
    expect(mistakes(loose, { b: "x" })).toStrictEqual([]);
  });

  it("looks into a block that can be there once", () => {
    const oauth = exampleType(
      {
        block_types: {
          oauth: {
            nesting_mode: "list",
            block: { attributes: { url: optional, token: optional } },
          },
        },
      },
      { exactlyOneOf: [["oauth.0.url", "oauth.0.token"]] },
    );
    expect(mistakes(oauth, {})).toStrictEqual([]);
    expect(mistakes(oauth, { oauth: [{ url: "u", token: "t" }] })).toHaveLength(2);
    expect(mistakes(oauth, { oauth: [{ url: "u", token: null }] })).toStrictEqual([]);
  });
});

it("warns about a deprecated argument that is set", () => {
  const type = exampleType({ attributes: { old: { ...optional, deprecated: true } } });
  expect(mistakes(type, { old: "a" })).toStrictEqual(["old: Argument is deprecated"]);
  expect(mistakes(type, {})).toStrictEqual([]);
});
