import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { digestOf, readTree, under } from "../../../constructs/core/file-tree";
import { testStack } from "../../support/synth";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

const FILES = { "b.py": "two\n", "a/z.py": "one\n", "a.txt": "no\n", "a-b.py": "three\n" };

function tree(files: Readonly<Record<string, string>> = FILES): string {
  const directory = temporaryDirectory();
  writeFiles(directory, files);
  return directory;
}

const isPython = (path: string): boolean => path.endsWith(".py");

test("reads what is selected, in folders as well, sorted by path", () => {
  const files = readTree(testStack(), tree(), isPython);
  expect(files.map(({ path, content }) => [path, content.toString()])).toEqual([
    ["a-b.py", "three\n"],
    ["a/z.py", "one\n"],
    ["b.py", "two\n"],
  ]);
});

test.each(["", "/"])("a folder may be named with %j behind it", (ending) => {
  const [first] = readTree(testStack(), `${tree()}${ending}`, isPython);
  expect(first?.path).toBe("a-b.py");
});

test("files move to another folder with their content", () => {
  const [first] = under("x/y", readTree(testStack(), tree(), isPython));
  expect(first).toEqual({ path: "x/y/a-b.py", content: Buffer.from("three\n") });
});

/** The digest as another language computes it: the deployer does the same with what it was given. */
const DIGEST = `
import hashlib, json, pathlib, sys
root = pathlib.Path(sys.argv[1])
paths = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))
lines = [f"{hashlib.sha256((root / path).read_bytes()).hexdigest()}  {path}\\n" for path in paths]
print(hashlib.sha256("".join(lines).encode()).hexdigest())
`;

test("H-17: Python computes the same digest", () => {
  const directory = tree();
  const computed = execFileSync("python3", ["-c", DIGEST, directory], { encoding: "utf8" }).trim();
  expect(digestOf(readTree(testStack(), directory, isPython))).toBe(computed);
  expect(computed).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ["content", { ...FILES, "b.py": "two" }],
  ["name", { "c.py": "two\n", "a/z.py": "one\n", "a-b.py": "three\n" }],
  ["file", { ...FILES, "d.py": "" }],
])("H-17: another %s is another digest", (_, files) => {
  const digest = (of: Readonly<Record<string, string>>): string =>
    digestOf(readTree(testStack(), tree(of), isPython));
  expect(digest(files)).not.toBe(digest(FILES));
});

test("the digest does not depend on the order of files", () => {
  const files = readTree(testStack(), tree(), isPython);
  expect(digestOf(files.toReversed())).toBe(digestOf(files));
});

test("fails for a folder that is not there", () => {
  const missing = join(temporaryDirectory(), "missing");
  expect(() => readTree(testStack(), missing, isPython)).toThrow(
    `test: ${missing} cannot be read; name a directory relative to the project's root: Error: ENOENT`,
  );
  expect(() => readdirSync(missing)).toThrow("ENOENT");
});
