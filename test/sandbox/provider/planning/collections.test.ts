import { UNKNOWN } from "../../../../sandbox/provider/cty/value";
import { exampleType, optional, planExample, required } from "../support/planning";

const unknown = { $unknown: true };

describe("a map", () => {
  const config = { type: ["map", "string"], optional: true };
  const plain = exampleType({ attributes: { config } });
  const decided = exampleType({ attributes: { config: { ...config, computed: true } } });

  it("takes keys on and loses keys", async () => {
    const { planned } = await planExample(
      plain,
      { config: { a: "1", b: "2" } },
      { config: { b: "3", c: "4" } },
    );
    expect(planned).toStrictEqual({ id: "id-1", config: { b: "3", c: "4" } });
  });

  it("is emptied when it is taken away, and kept if the provider decides it", async () => {
    const state = { config: { a: "1" } };
    expect((await planExample(plain, state, {})).planned).toMatchObject({ config: {} });
    expect((await planExample(decided, state, {})).planned).toMatchObject(state);
  });

  it("is emptied by an empty one", async () => {
    const { planned } = await planExample(decided, { config: { a: "1" } }, { config: {} });
    expect(planned).toMatchObject({ config: {} });
  });

  it("becomes unknown when the provider decides it and it never was", async () => {
    expect((await planExample(decided, {}, {})).planned).toMatchObject({ config: unknown });
    expect((await planExample(plain, {}, {})).planned).toMatchObject({ config: null });
  });

  it("is unknown as a whole when one of its values is", async () => {
    const { planned } = await planExample(plain, null, { config: { a: "1", b: UNKNOWN } });
    expect(planned).toMatchObject({ config: unknown });
  });

  it("keeps a value for which a decided map has empty text", async () => {
    const { planned } = await planExample(
      decided,
      { config: { a: "1", b: "2" } },
      { config: { a: "", b: "3" } },
    );
    expect(planned).toMatchObject({ config: { a: "1", b: "3" } });
  });
});

describe("a list of values", () => {
  const type = exampleType(
    { attributes: { names: { type: ["list", "string"], optional: true } } },
    { forceNew: ["names"] },
  );

  it.each([
    ["grows", ["a"], ["a", "b"]],
    ["shrinks", ["a", "b"], ["b"]],
    ["changes", ["a"], ["b"]],
  ])("%s", async (_how, old, next) => {
    const plan = await planExample(type, { names: old }, { names: next });
    expect(plan.planned).toMatchObject({ names: next });
    expect([...new Set(plan.replaces)]).toStrictEqual(["names"]);
  });

  it("keeps the order and does not change without reason", async () => {
    const state = { names: ["b", "a"] };
    expect((await planExample(type, state, state)).replaces).toStrictEqual([]);
    expect((await planExample(type, state, { names: ["a", "b"] })).replaces).toStrictEqual([
      "names",
    ]);
  });
});

describe("a list of blocks", () => {
  const type = exampleType({
    block_types: {
      tier: {
        nesting_mode: "list",
        block: { attributes: { units: { type: "number", optional: true, computed: true } } },
      },
    },
  });

  it("keeps what the provider decided inside", async () => {
    const { planned } = await planExample(
      type,
      { tier: [{ units: 50 }] },
      { tier: [{ units: 50 }] },
    );
    expect(planned).toStrictEqual({ id: "id-1", tier: [{ units: 50 }] });
  });

  it("does not become unknown inside when it is added to what exists", async () => {
    const { planned } = await planExample(type, {}, { tier: [{ units: null }] });
    expect(planned).toStrictEqual({ id: "id-1", tier: [{ units: null }] });
  });

  it("may be unknown as a whole", async () => {
    const { planned } = await planExample(type, null, { tier: UNKNOWN });
    expect(planned).toMatchObject({ tier: unknown });
  });
});

describe("a set of blocks", () => {
  const type = exampleType(
    {
      block_types: {
        rule: {
          nesting_mode: "set",
          block: {
            attributes: {
              name: required,
              doc: optional,
              params: { type: ["map", "string"], optional: true, computed: true },
            },
          },
        },
      },
    },
    { defaults: { "rule.doc": "none" } },
  );
  const rule = (name: string, params: unknown): object => ({ name, doc: "none", params });

  it("does not change by its order, nor by what Terraform cannot correlate", async () => {
    const state = { rule: [rule("a", {}), rule("b", { x: "1" })] };
    const proposed = { rule: [rule("b", { x: "1" }), { name: "a" }] };
    expect((await planExample(type, state, proposed)).planned).toStrictEqual({
      id: "id-1",
      ...state,
    });
  });

  it("does not know what the provider decides in a new element", async () => {
    const { planned } = await planExample(
      type,
      { rule: [rule("a", { x: "1" })] },
      { rule: [rule("a", { x: "1" }), { name: "b" }] },
    );
    expect(planned).toStrictEqual({
      id: "id-1",
      rule: [rule("a", { x: "1" }), rule("b", unknown)],
    });
  });

  it("loses elements", async () => {
    const state = { rule: [rule("a", {}), rule("b", {})] };
    const { planned } = await planExample(type, state, { rule: [rule("b", {})] });
    expect(planned).toStrictEqual({ id: "id-1", rule: [rule("b", {})] });
  });
});

describe("a set of values", () => {
  const type = exampleType({ attributes: { tags: { type: ["set", "string"], optional: true } } });

  it("does not change by its order", async () => {
    const { planned } = await planExample(type, { tags: ["a", "b"] }, { tags: ["b", "a"] });
    expect(planned).toMatchObject({ tags: ["a", "b"] });
  });

  it("takes elements on and loses elements", async () => {
    const { planned } = await planExample(type, { tags: ["a", "b"] }, { tags: ["b", "c"] });
    expect(planned).toMatchObject({ tags: ["b", "c"] });
  });
});
