import { canonicalJson } from "../../../constructs/core/canonical-json";

test.each([
  [{ b: 1, a: { d: [true, null], c: "é ☃" } }, '{"a":{"c":"é ☃","d":[true,null]},"b":1}'],
  [[{ z: 1, y: 2 }], '[{"y":2,"z":1}]'],
  [{}, "{}"],
])("%j is one text, whatever the order of its keys", (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test("the order of a list stays", () => {
  expect(canonicalJson([2, 1])).toBe("[2,1]");
});
