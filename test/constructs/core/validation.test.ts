import { Token } from "cdktf";
import { Construct } from "constructs";

import { ValidationError } from "../../../constructs/core/errors";
import { isConcrete, validate } from "../../../constructs/core/validation";
import { testStack } from "../../support/synth";

const scope = () => new Construct(testStack(), "Thing");

test("passes when no rule is broken", () => {
  expect(() => {
    validate(scope(), [[false, "never"]]);
  }).not.toThrow();
});

test("fails with the path and every broken rule", () => {
  const thing = scope();
  const act = () => {
    validate(thing, [
      [true, "a must be b, got c"],
      [false, "never"],
      [true, "d must be e, got f"],
    ]);
  };
  expect(act).toThrow(new ValidationError(thing, ["a must be b, got c", "d must be e, got f"]));
  expect(act).toThrow("test/Thing: a must be b, got c; d must be e, got f");
});

test("an error names itself, its scope and its problems", () => {
  const thing = scope();
  const error = new ValidationError(thing, ["x"]);
  expect([error.name, error.scope, error.problems]).toEqual(["ValidationError", thing, ["x"]]);
});

test("a value is concrete when it is neither absent nor a token", () => {
  expect(isConcrete("")).toBe(true);
  expect(isConcrete(0)).toBe(true);
  expect(isConcrete(undefined)).toBe(false);
  expect(isConcrete(Token.asString({ resolve: () => "later" }))).toBe(false);
});
