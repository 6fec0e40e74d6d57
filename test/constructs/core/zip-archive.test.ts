import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";

import type { TreeFile } from "../../../constructs/core/file-tree";
import { zipArchive } from "../../../constructs/core/zip-archive";
import { temporaryDirectory } from "../../support/temporary-directory";

const FILES: readonly TreeFile[] = [
  { path: "pipelines/p/pipeline.json", content: Buffer.from("{}\n") },
  { path: "flink_deployer/handler.py", content: Buffer.from("def handle(event): ...\n") },
  { path: "flink_deployer/__init__.py", content: Buffer.alloc(0) },
  { path: "flink_deployer/é.py", content: Buffer.from("☃".repeat(1000)) },
];

/** Prints what Python, which Lambda's runtime is, finds in an archive after checking each file's sum. */
const READ = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps([[i.filename, archive.read(i).decode(), list(i.date_time), oct(i.external_attr >> 16), i.create_system]
                  for i in archive.infolist()]))
`;

function read(archive: Buffer): unknown {
  const file = join(temporaryDirectory(), "archive.zip");
  writeFileSync(file, archive);
  return JSON.parse(execFileSync("python3", ["-c", READ, file], { encoding: "utf8" }));
}

test("Python reads each file, sorted by path, from one time and readable by everybody", () => {
  const sorted = FILES.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  expect(read(zipArchive(FILES))).toEqual(
    sorted.map(({ path, content }) => [
      path,
      content.toString(),
      [1980, 1, 1, 0, 0, 0],
      "0o100644",
      3,
    ]),
  );
});

test("an archive without files is one", () => {
  expect(read(zipArchive([]))).toEqual([]);
});

test("the same files are the same bytes, in any order; other files are others", () => {
  const files = fc.uniqueArray(
    fc.record({
      path: fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,3}\.py$/),
      content: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    }),
    { selector: ({ path }) => path, minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(files, fc.nat(), (all, seed) => {
      const shift = seed % all.length;
      const turned = [...all.slice(shift), ...all.slice(0, shift)];
      const changed = all.map((file, index) =>
        index === shift
          ? { ...file, content: Buffer.concat([file.content, Buffer.from("x")]) }
          : file,
      );
      expect(zipArchive(turned)).toEqual(zipArchive(all));
      expect(zipArchive(changed)).not.toEqual(zipArchive(all));
    }),
  );
});
