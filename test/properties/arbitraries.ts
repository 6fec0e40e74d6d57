import { Token } from "cdktf";
import fc from "fast-check";

/** Text that trips code which trusts text: empty, blank, quotes, control characters, prototypes, templates, length. */
export const weirdText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    ".",
    "..",
    "-",
    "a b",
    "a\nb",
    "a/b",
    'a"b',
    "a\\b",
    "ä",
    "💧",
    "\u0000",
    "\ud800",
    "__proto__",
    "constructor",
    "Default",
    "Resource",
    "${path.module}",
    "%{ if true }",
    "a".repeat(300),
  ),
);

/** Numbers that trip code which trusts numbers. Those that CDKTF takes for a token are another matter. */
export const weirdNumber = fc
  .oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 0.5, 1.5, -1, 1e21, 2 ** 53, 2 ** 31),
  )
  .filter((value) => !Token.isUnresolved(value));

/** Mostly good values, so that a record of many fields is often good as a whole. */
export function mostly<T>(good: fc.Arbitrary<T>, weird: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 11, arbitrary: good }, { weight: 1, arbitrary: weird });
}

/** Lower-case words joined by "-", the first beginning with a letter. */
export const kebabCase = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,6}){0,3}$/);

/** A value as a person would look for it in a message. */
export function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
