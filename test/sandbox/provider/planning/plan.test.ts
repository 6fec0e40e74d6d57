import { UNKNOWN } from "../../../../sandbox/provider/cty/value";
import {
  computed,
  exampleType,
  optional,
  optionalComputed,
  planExample,
  required,
} from "../support/planning";

const unknown = { $unknown: true };

describe("a new resource", () => {
  it("has its arguments, defaults and unknown computed attributes", async () => {
    const type = exampleType(
      { attributes: { name: required, size: { type: "number", optional: true }, arn: computed } },
      { defaults: { size: 6 } },
    );
    const { planned } = await planExample(type, null, { name: "orders" });
    expect(planned).toStrictEqual({ id: unknown, name: "orders", size: 6, arn: unknown });
  });

  it("keeps what is unknown in an argument, with what is known of it", async () => {
    const type = exampleType({ attributes: { name: required } });
    const { planned } = await planExample(type, null, { name: UNKNOWN });
    expect(planned).toStrictEqual({ id: unknown, name: unknown });
  });

  it("does not know a computed block that is left out, and has others empty", async () => {
    const block = { attributes: { id: required } };
    const type = exampleType(
      {
        block_types: {
          network: { nesting_mode: "list", block },
          owner: { nesting_mode: "list", block },
        },
      },
      {},
      { computedBlocks: ["network"] },
    );
    const { planned } = await planExample(type, null, {});
    expect(planned).toStrictEqual({ id: unknown, network: unknown, owner: [] });
  });

  it("does not know computed attributes inside a block", async () => {
    const type = exampleType({
      block_types: {
        basic: {
          nesting_mode: "list",
          block: { attributes: { units: { type: "number", optional: true, computed: true } } },
        },
      },
    });
    const { planned } = await planExample(type, null, { basic: [{ units: null }] });
    expect(planned).toStrictEqual({ id: unknown, basic: [{ units: unknown }] });
  });
});

describe("an existing resource", () => {
  it("stays as it is when nothing changes", async () => {
    const type = exampleType({ attributes: { name: required, arn: computed } });
    const state = { name: "orders", arn: "arn:1" };
    const plan = await planExample(type, state, state);
    expect(plan).toStrictEqual({ planned: { id: "id-1", ...state }, replaces: [], refused: [] });
  });

  it("keeps computed values when another argument changes", async () => {
    const type = exampleType({ attributes: { name: required, arn: computed } });
    const plan = await planExample(
      type,
      { name: "orders", arn: "arn:1" },
      { name: "sales", arn: "arn:1" },
    );
    expect(plan).toStrictEqual({
      planned: { id: "id-1", name: "sales", arn: "arn:1" },
      replaces: [],
      refused: [],
    });
  });

  it("loses an argument that is taken away, unless the provider can decide it", async () => {
    const type = exampleType({ attributes: { note: optional, level: optionalComputed } });
    const state = { note: "a", level: "high" };
    expect((await planExample(type, state, {})).planned).toStrictEqual({
      id: "id-1",
      note: null,
      level: "high",
    });
  });

  it("takes empty text of a computed argument for left out", async () => {
    const type = exampleType({ attributes: { note: optionalComputed } });
    const { planned } = await planExample(type, { note: "a" }, { note: "" });
    expect(planned).toStrictEqual({ id: "id-1", note: "a" });
  });

  it.each([
    ["null and empty text", optional, null, ""],
    ["null and zero", { type: "number", optional: true }, null, 0],
    ["null and false", { type: "bool", optional: true }, null, false],
    ["null and an empty map", { type: ["map", "string"], optional: true }, null, {}],
  ])("takes %s for the same", async (_what, attribute, old, next) => {
    const type = exampleType({ attributes: { value: attribute } });
    const { planned } = await planExample(type, { value: old }, { value: next });
    expect(planned).toStrictEqual({ id: "id-1", value: old });
  });

  it("falls back to the default", async () => {
    const type = exampleType(
      { attributes: { size: { type: "number", optional: true } } },
      { defaults: { size: 6 } },
    );
    const { planned } = await planExample(type, { size: 12 }, {});
    expect(planned).toStrictEqual({ id: "id-1", size: 6 });
  });

  it("keeps its id, even when everything else is made anew", async () => {
    const type = exampleType({ attributes: { name: required } }, { forceNew: ["name"] });
    const { planned } = await planExample(type, { name: "a" }, { name: "b" });
    expect(planned).toStrictEqual({ id: "id-1", name: "b" });
  });

  it("ignores a change that its code takes for none", async () => {
    const type = exampleType(
      { attributes: { cloud: required } },
      { diffSuppress: ["cloud"] },
      { sameAs: { cloud: (old, next) => old.toLowerCase() === next.toLowerCase() } },
    );
    expect((await planExample(type, { cloud: "aws" }, { cloud: "AWS" })).planned).toMatchObject({
      cloud: "aws",
    });
    expect((await planExample(type, { cloud: "aws" }, { cloud: "GCP" })).planned).toMatchObject({
      cloud: "GCP",
    });
  });

  it("carries timeouts over without taking them for a change", async () => {
    const type = exampleType({
      attributes: { name: required },
      block_types: {
        timeouts: { nesting_mode: "single", block: { attributes: { create: optional } } },
      },
    });
    const state = { name: "a", timeouts: { create: "1h" } };
    const only = await planExample(type, state, { name: "a", timeouts: { create: "2h" } });
    expect(only.planned).toStrictEqual({ id: "id-1", ...state });
    const both = await planExample(type, state, { name: "b", timeouts: { create: "2h" } });
    expect(both.planned).toMatchObject({ name: "b", timeouts: { create: "2h" } });
    const wrong = await planExample(type, null, { name: "a", timeouts: { create: "soon" } });
    expect(wrong.refused).toStrictEqual([
      'Error parsing timeouts.create: invalid duration "soon", write "30m" or "1h"',
    ]);
  });
});

describe("a replacement", () => {
  it("names the argument that forces it", async () => {
    const type = exampleType(
      { attributes: { name: required, note: optional } },
      { forceNew: ["name"] },
    );
    expect((await planExample(type, { name: "a" }, { name: "b" })).replaces).toStrictEqual([
      "name",
    ]);
    expect((await planExample(type, { name: "a" }, { name: UNKNOWN })).replaces).toStrictEqual([
      "name",
    ]);
    expect(
      (await planExample(type, { name: "a" }, { name: "a", note: "x" })).replaces,
    ).toStrictEqual([]);
  });

  const owner = {
    block_types: {
      owner: {
        nesting_mode: "list",
        block: { attributes: { id: required, kind: required } },
      },
    },
  } as const;

  it("names the place in a block", async () => {
    const type = exampleType(owner, { forceNew: ["owner.id"] });
    const plan = await planExample(
      type,
      { owner: [{ id: "sa-1", kind: "x" }] },
      { owner: [{ id: "sa-2", kind: "y" }] },
    );
    expect(plan.replaces).toStrictEqual(["owner.0.id"]);
  });

  it("names the arguments of a block that goes, and the block itself if it counts", async () => {
    const state = { owner: [{ id: "sa-1", kind: "x" }] };
    const inner = exampleType(owner, { forceNew: ["owner.id"] });
    expect((await planExample(inner, state, {})).replaces).toStrictEqual(["owner.0.id"]);
    const whole = exampleType(owner, { forceNew: ["owner", "owner.id"] });
    expect((await planExample(whole, state, {})).replaces).toStrictEqual(["owner.0.id", "owner"]);
  });

  it("names a set as a whole, for its elements have no address", async () => {
    const type = exampleType(
      {
        block_types: {
          rule: { nesting_mode: "set", block: { attributes: { name: required } } },
        },
      },
      { forceNew: ["rule.name"] },
    );
    const plan = await planExample(type, { rule: [{ name: "a" }] }, { rule: [{ name: "b" }] });
    expect(plan.replaces).toStrictEqual(["rule"]);
  });
});
