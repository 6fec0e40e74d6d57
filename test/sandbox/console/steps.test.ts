import { Provided } from "../../../sandbox/console/steps";

test("a value is used after the step that provides it", () => {
  const python = new Provided<string>("the Python environment");
  expect(python.isGiven).toBe(false);
  expect(() => python.value).toThrow(new Error("no step has provided the Python environment"));

  expect(python.provide("/bin/python")).toBe("/bin/python");
  expect(python.isGiven).toBe(true);
  expect(python.value).toBe("/bin/python");
  python.provide("/other/python");
  expect(python.value).toBe("/other/python");
});

test("nothing can be what is provided", () => {
  const nothing = new Provided<undefined>("nothing");
  nothing.provide(undefined);

  expect(nothing.isGiven).toBe(true);
  expect(nothing.value).toBeUndefined();
});
