import { readFileSync } from "node:fs";
import { join } from "node:path";

const DOCS = join(__dirname, "../../docs");

interface Row {
  readonly id: string;
  readonly answer: string;
  readonly tests: readonly string[];
}

const rows: readonly Row[] = readFileSync(join(DOCS, "defects.md"), "utf8")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, id = ""]) => /^[A-Z]+-R?\d+$/.test(id))
  .map(([, id = "", , answer = ""]) => ({
    id,
    answer,
    tests: [...answer.matchAll(/\]\((\.\.\/(?:test|functions)\/[^)]+)\)/g)].map(
      ([, file = ""]) => file,
    ),
  }));

/** Ids with which titles begin in a file of tests, and those that the linter's examples name. */
function idsIn(file: string): readonly string[] {
  const text = readFileSync(join(DOCS, file), "utf8");
  const named = text.matchAll(/["'`]((?:[A-Z]+-R?\d+(?:, | to )?)+):|defects: "([^"]+)"/g);
  return [...named].flatMap(([, title, example]) => (title ?? example ?? "").split(/, | to /));
}

const numbered = (prefix: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    `${prefix}${prefix.endsWith("R") ? "" : "0"}${from + index}`.replace(/-0(\d\d)/, "-$1"),
  );

test("every defect has one row", () => {
  expect(rows.map(({ id }) => id).filter((id) => !id.startsWith("P-R"))).toEqual([
    ...numbered("K-", 1, 14),
    ...numbered("T-", 15, 20),
    ...numbered("T-", 22, 28),
    ...numbered("A-R", 1, 9),
    ...numbered("H-", 1, 22),
    ...["L-01", "L-03", "L-04", "L-05"],
    ...numbered("P-", 3, 10),
  ]);
});

describe.each(rows)("$id", ({ id, answer, tests }) => {
  test("is answered by a test, a type, or a reason", () => {
    expect(answer).toMatch(/\.\.\/(test|functions)\/|^not built\b.*, because |^the type of /);
  });

  // What a provider does is no defect, and has no id in our tests.
  test("is what the named tests speak of", () => {
    const silent = id.startsWith("P-R") ? [] : tests.filter((file) => !idsIn(file).includes(id));
    expect(silent).toEqual([]);
  });
});

test("K-13: what nothing uses fails the checks", () => {
  const { scripts } = JSON.parse(readFileSync(join(DOCS, "../package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  expect(scripts["check"]).toBe("node test/checks.mjs");
  expect(readFileSync(join(DOCS, "../test/checks.mjs"), "utf8")).toContain('["check:unused"]');
  expect(scripts["check:unused"]).toBe("knip");
});
