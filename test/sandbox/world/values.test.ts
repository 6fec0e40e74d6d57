import { block, idIn, known, text, textMap } from "../../../sandbox/world/values";

const unknown = { $unknown: true };

test("unknown values are left out at every depth, and nothing else is", () => {
  expect(
    known({
      id: unknown,
      name: "orders",
      timeouts: null,
      basic: [{ max_ecku: unknown, zones: ["a", unknown] }],
      network: unknown,
      tags: [],
    }),
  ).toEqual({ name: "orders", timeouts: null, basic: [{ zones: ["a"] }], tags: [] });
});

test.each([
  ["absent", {}],
  ["null", { name: null }],
  ["unknown", { name: unknown }],
])("a string that is %s reads as empty", (_case, object) => {
  expect(text(object, "name")).toBe("");
});

test("a block is its first element, or the object itself where a block cannot repeat", () => {
  expect(block({ environment: [{ id: "env-1" }] }, "environment")).toEqual({ id: "env-1" });
  expect(block({ environment: { id: "env-1" } }, "environment")).toEqual({ id: "env-1" });
  expect(block({ environment: [] }, "environment")).toBeUndefined();
  expect(block({ environment: unknown }, "environment")).toBeUndefined();
  expect(idIn({ environment: [{ id: "env-1" }] }, "environment")).toBe("env-1");
});

test("a map keeps its strings only", () => {
  expect(textMap({ config: { a: "1", b: null, c: unknown } }, "config")).toEqual({ a: "1" });
});
