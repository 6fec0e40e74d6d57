import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCheck } from "../../../../sandbox/provider/facts/checks";
import { loadBehaviour, typeFacts } from "../../../../sandbox/provider/facts/facts";
import { Provider } from "../../../../sandbox/provider/rpc/provider";
import { schemaType } from "../../../../sandbox/provider/resource-type";
import { loadProviderSchema } from "../../../../sandbox/provider/schema/document";
import { vendors } from "../../../../sandbox/provider/vendors";
import { temporaryDirectory } from "../../../support/temporary-directory";
import { exampleType, optional, required } from "../support/planning";

describe("checks", () => {
  it.each([
    ["nonEmpty", "a", "", 'expected "x" to not be an empty string, got '],
    ["prefix:u-|sa-", "sa-1", "pool-1", "invalid value for x (must start with 'u-' or 'sa-')"],
    ["suffix:.jar|.zip", "a.zip", "a.txt", "invalid value for x (must end with '.jar' or '.zip')"],
    ["regex:^http", "http://a", "ftp://a", "invalid value for x (must match pattern ^http)"],
    ["min:1", "1", "0", "expected x to be at least (1), got 0"],
    ["range:0..90", "90", "91", "expected x to be in the range (0 - 90), got 91"],
    ["length:1..3", "abc", "abcd", "expected length of x to be in the range (1 - 3), got abcd"],
    [
      "url http|https",
      "https://a",
      "a",
      "invalid value for x (must be a URL with scheme http or https)",
    ],
    ["ip", "::1", "localhost", "invalid value for x (must be an IP address)"],
    ["port or 0", "0", "65536", "expected x to be in the range (0 - 65535), got 65536"],
    [
      "identifier:DatabaseObjectIdentifier",
      '"D.B".S',
      "DB",
      "invalid value for x (must be an identifier of 2 parts separated by dots)",
    ],
  ])("%s takes %j and refuses %j", (notation, good, bad, message) => {
    const check = parseCheck(notation);
    expect(check(good, "x")).toBeUndefined();
    expect(check(bad, "x")).toBe(message);
  });

  it.each(["shiny", "numeric string", "min:", "min:one", "range:1", "identifier:Thing"])(
    "fails for %j rather than letting everything through",
    (notation) => {
      expect(() => parseCheck(notation)).toThrow();
    },
  );
});

describe("facts", () => {
  it("fails for a fact that nobody acts upon", () => {
    expect(() => typeFacts({ forceNews: ["a"] }, "confluent_x")).toThrow(
      "confluent_x.forceNews: there is no such fact",
    );
  });

  it("fails for a fact in another form", () => {
    expect(() => typeFacts({ forceNew: "a" }, "confluent_x")).toThrow(
      'confluent_x.forceNew has an unexpected form: "a"',
    );
  });

  it("fails for a document that is none", () => {
    const file = join(temporaryDirectory(), "behaviour.json");
    writeFileSync(file, "[]");
    expect(() => loadBehaviour(file)).toThrow("must be an object of facts by type");
    writeFileSync(file, '{"a": 1}');
    expect(() => loadBehaviour(file)).toThrow("a must be an object of facts");
  });
});

describe("a type", () => {
  const block = { attributes: { name: required, note: optional } };

  it.each([
    [
      "an argument that does not exist",
      { forceNew: ["nam"] },
      {},
      "nam: there is no such argument",
    ],
    [
      "a suppressed difference without a function",
      { diffSuppress: ["note"] },
      {},
      "note: the fact diffSuppress and the functions for it disagree",
    ],
    [
      "a function for a difference that is not suppressed",
      {},
      { sameAs: { note: () => true } },
      "note: the fact diffSuppress and the functions for it disagree",
    ],
    [
      "a computed block that does not exist",
      {},
      { computedBlocks: ["network"] },
      "network: there is no such argument",
    ],
    [
      "a guarded update without words",
      { updatesAllowedOnly: ["note"] },
      {},
      "updates are restricted, but nothing says how the refusal is worded",
    ],
  ])("fails for %s", (_what, facts, code, message) => {
    expect(() => exampleType(block, facts, code)).toThrow(`example: ${message}`);
  });

  it.each([
    [
      "a list of lists",
      { attributes: { a: { type: ["list", ["list", "string"]], optional: true } } },
    ],
    ["a tuple", { attributes: { a: { type: ["tuple", ["string"]], optional: true } } }],
    ["a map of blocks", { block_types: { a: { nesting_mode: "map" as const, block: {} } } }],
  ])("fails for %s, which neither vendor has", (_what, schema) => {
    expect(() => schemaType("example", { block: schema }, typeFacts({}, ""))).toThrow(
      "cannot be planned",
    );
  });
});

describe("schema documents", () => {
  it("fails where the provider is not in it, or cannot be served", () => {
    const file = join(temporaryDirectory(), "schema.json");
    writeFileSync(file, '{"provider_schemas": {}}');
    expect(() => loadProviderSchema(file, "a/b/c")).toThrow("does not describe a/b/c");
    writeFileSync(file, '{"provider_schemas": {"a/b/c": {"nested_type": {}}}}');
    expect(() => loadProviderSchema(file, "a/b/c")).toThrow('"nested_type" cannot be served');
  });
});

describe("committed documents", () => {
  it.each(vendors)("of $name agree with one another and with the code", (vendor) => {
    const provider = new Provider(vendor, {});
    expect([...provider.resources.keys()]).toStrictEqual(
      Object.keys(provider.schema.resource_schemas ?? {}),
    );
  });

  it("fails when there is code for a type without schema", () => {
    const [vendor] = vendors;
    if (vendor === undefined) throw new Error("there is no vendor");
    const odd = { ...vendor, resources: { ...vendor.resources, confluent_x: {} } };
    expect(() => new Provider(odd, {})).toThrow("there is code for confluent_x, but no schema");
  });
});
