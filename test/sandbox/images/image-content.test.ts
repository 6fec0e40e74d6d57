import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { assembleImage } from "../../../sandbox/images/image-content";
import { visibleFiles } from "../../../sandbox/images/ignored-files";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

const stage = {
  copies: [
    { from: "src", to: "/var/task" },
    { from: "jobs/", to: "/var/task/jobs" },
    { from: "one.txt", to: "./files/" },
    { from: "one.txt", to: "two.txt" },
    { from: "one.txt", to: "/opt/elsewhere" },
  ],
  environment: { A: "b" },
  command: ["module.handle"],
};

function context(): string {
  const directory = temporaryDirectory();
  writeFiles(directory, {
    "src/module.py": "",
    "src/__pycache__/module.pyc": "",
    "src/part/more.py": "more",
    "jobs/job.py": "",
    "jobs/job.sql": "",
    "one.txt": "1",
  });
  return directory;
}

const sees = visibleFiles("**\n!src/**/*.py\n!jobs/**/*.py\n!*.txt\n**/__pycache__\n");

const filesOf = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();

test("an image has what its last stage copies into the function's folder, and how it is run", () => {
  const image = temporaryDirectory();
  const digest = assembleImage(stage, { directory: context(), sees }, image);

  expect(filesOf(image)).toEqual([
    "image.json",
    "task/files/one.txt",
    "task/jobs/job.py",
    "task/module.py",
    "task/part/more.py",
    "task/two.txt",
  ]);
  expect(JSON.parse(readFileSync(join(image, "image.json"), "utf8"))).toEqual({
    environment: { A: "b" },
    command: ["module.handle"],
  });
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
});

test("its hash depends on what it has, and on nothing else", () => {
  const digestOf = (change: Readonly<Record<string, string>>): string => {
    const directory = context();
    writeFiles(directory, change);
    return assembleImage(stage, { directory, sees }, temporaryDirectory());
  };

  expect(digestOf({})).toBe(digestOf({ "jobs/job.sql": "other", "src/notes.md": "" }));
  expect(digestOf({})).not.toBe(digestOf({ "src/part/more.py": "other" }));
  expect(digestOf({})).not.toBe(digestOf({ "src/part/new.py": "" }));
});

test("what does not exist cannot be copied", () => {
  const absent = { ...stage, copies: [{ from: "absent", to: "/var/task" }] };

  expect(() => assembleImage(absent, { directory: context(), sees }, temporaryDirectory())).toThrow(
    "the image copies absent, which does not exist",
  );
});

describe("files that a build sees", () => {
  test("are all, but for the ignored ones and what lies in them", () => {
    const seen = visibleFiles("# comment\n\nnode_modules\n*.log\ndocs/**/draft-?.md\n");
    const paths = ["a.ts", "node_modules/x/y.js", "b.log", "c/b.log", "docs/draft-1.md"];

    expect(paths.filter(seen)).toEqual(["a.ts", "c/b.log"]);
    expect(["docs/a/b/draft-2.md", "docs/draft-10.md"].filter(seen)).toEqual(["docs/draft-10.md"]);
  });

  test("are what later lines take back", () => {
    const seen = visibleFiles("**\n!a/**/*.py\n**/cache");

    expect(["a/b/c.py", "a/c.py", "a/b.sql", "a/cache/c.py"].filter(seen)).toEqual([
      "a/b/c.py",
      "a/c.py",
    ]);
  });
});
