import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { type CommandLog, LogDirectory } from "../../delivery/log-directory";
import type { SynthesizedStack } from "../../delivery/manifest";
import { temporaryDirectory } from "../support/temporary-directory";

const streams: SynthesizedStack = {
  name: "demo-streams",
  shortName: "streams",
  directory: "",
  configurationFile: "",
  dependencies: [],
};

/** Takes the next files of a directory, and writes them. */
function next(logs: LogDirectory, command = "deploy"): string {
  const { logFile, recordFile } = written(logs.next(command, streams));
  expect(recordFile).toBe(logFile.replace(/log$/, "terraform.ndjson"));
  return relative(logs.path, logFile);
}

function written(log: CommandLog): CommandLog {
  writeFileSync(log.logFile, "");
  writeFileSync(log.recordFile, "");
  return log;
}

test("the folder is made, with those above it, and its path is absolute", () => {
  const path = join(temporaryDirectory(), "a/b");

  const logs = new LogDirectory(relative(process.cwd(), path));

  expect(logs.path).toBe(path);
  expect(existsSync(path)).toBe(true);
});

test("commands are numbered as they begin", () => {
  const logs = new LogDirectory(temporaryDirectory());

  expect([next(logs), next(logs, "plan")]).toEqual([
    "01-deploy-streams.log",
    "02-plan-streams.log",
  ]);
});

test("numbers go on in the next run", () => {
  const path = temporaryDirectory();
  next(new LogDirectory(path));

  expect(next(new LogDirectory(path))).toBe("02-deploy-streams.log");
});

test("a number is never given twice, though older logs were removed", () => {
  const path = temporaryDirectory();
  const logs = new LogDirectory(path);
  next(logs);
  next(logs);
  rmSync(join(path, "01-deploy-streams.log"));

  expect(next(new LogDirectory(path))).toBe("03-deploy-streams.log");
});

test("other files in the folder do not count", () => {
  const path = temporaryDirectory();
  writeFileSync(join(path, "2026.log"), "");
  writeFileSync(join(path, "world.log"), "");

  expect(next(new LogDirectory(path))).toBe("01-deploy-streams.log");
});
