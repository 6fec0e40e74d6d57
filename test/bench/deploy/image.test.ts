import { symlinkSync } from "node:fs";
import { join } from "node:path";

import { columns } from "../../../bench/deploy/columns";
import { folderSize } from "../../../bench/deploy/folder-size";
import { runsOfStage } from "../../../bench/deploy/recipe";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

const DOCKERFILE = `ARG BASE
FROM jdk:17 AS java
RUN jlink --output /opt/java \\
    --compress=2
# FROM nothing AS plugin
FROM \${BASE} AS plugin
COPY a ./
RUN pip install a \\
    && rm b
RUN rm c
FROM \${BASE}
COPY --from=plugin /opt/plugin /var/task
`;

describe("runsOfStage", () => {
  test("gives what a stage runs, one command a line", () => {
    expect(runsOfStage(DOCKERFILE, "java")).toEqual(["jlink --output /opt/java --compress=2"]);
    expect(runsOfStage(DOCKERFILE, "plugin")).toEqual(["pip install a && rm b", "rm c"]);
  });

  test("refuses a stage that is not there", () => {
    expect(() => runsOfStage(DOCKERFILE, "wheels")).toThrow("has no stage wheels");
  });
});

test("folderSize adds up files, and neither links nor what is left out", () => {
  const folder = temporaryDirectory();
  writeFiles(folder, { "a/one": "12345", two: "123", "jmods/java.base.jmod": "1234567" });
  symlinkSync(join(folder, "two"), join(folder, "link"));

  expect(folderSize(folder)).toBe(15);
  expect(folderSize(folder, (name) => name === "jmods")).toBe(8);
});

test("columns aligns names to the left and numbers to the right", () => {
  expect(
    columns([
      ["", "MiB"],
      ["packages", "7.0"],
      ["all", "107.0", "PASS"],
    ]),
  ).toBe(["            MiB", "packages    7.0", "all       107.0  PASS"].join("\n"));
});
