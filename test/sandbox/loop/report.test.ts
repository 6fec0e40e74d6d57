import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "../../../delivery/user-error";
import {
  prepareReport,
  type SandboxReport,
  summaryLines,
  writeReport,
} from "../../../sandbox/loop/report";
import { temporaryDirectory } from "../../support/temporary-directory";

const report: SandboxReport = {
  environment: "sandbox",
  stacks: [
    { name: "streaming-platform", resources: 12, deploySeconds: 21.04 },
    { name: "event-streams", resources: 9, deploySeconds: 119.7 },
  ],
  secondPlanChanges: 0,
  change: { add: 1, change: 2, replace: 3, destroy: 4 },
  destroySeconds: 59.96,
  left: 0,
  secrets: { planted: 22, found: 0 },
  engine: "table-api",
  statements: [
    { name: "flights-a-1", engine: "table-api", phase: "create", outcome: "RUNNING" },
    { name: "flights-a-1", engine: "table-api", phase: "change", outcome: "absent" },
    { name: "trades", engine: "sql", phase: "change", outcome: "RUNNING" },
  ],
  functions: {
    memoryLimits: "cgroup v1",
    invocations: 7,
    failed: 1,
    slowestSeconds: 5.04,
    peakMebibytes: 140,
  },
  journalCalls: 1234,
};

test("the file has exactly the agreed keys", () => {
  const file = join(temporaryDirectory(), "report.json");
  writeReport(file, report);
  const text = readFileSync(file, "utf8");
  const read = JSON.parse(text) as SandboxReport;

  expect(text.endsWith("}\n")).toBe(true);
  expect(Object.keys(read)).toEqual([
    "environment",
    "stacks",
    "secondPlanChanges",
    "change",
    "destroySeconds",
    "left",
    "secrets",
    "engine",
    "statements",
    "functions",
    "journalCalls",
  ]);
  expect(read.stacks.map((stack) => Object.keys(stack))).toEqual([
    ["name", "resources", "deploySeconds"],
    ["name", "resources", "deploySeconds"],
  ]);
  expect(read.statements.map((statement) => Object.keys(statement))).toEqual(
    Array(3).fill(["name", "engine", "phase", "outcome"]),
  );
  expect(Object.keys(read.change)).toEqual(["add", "change", "replace", "destroy"]);
  expect(read).toEqual(report);
});

test("the summary is a table and a line for each of the other results", () => {
  expect(summaryLines(report, 3_661)).toEqual([
    "stack               resources  deployed in",
    "streaming-platform         12       21.0 s",
    "event-streams               9    2 min 0 s",
    "",
    "statement    engine     create   change",
    "flights-a-1  table-api  running  absent",
    "trades       sql                 running",
    "",
    "second plan  nothing to do",
    "change       1 added, 2 changed, 3 replaced, 4 destroyed, as the scenario says",
    "functions    7 invocations, 1 failed as they should, at most 5.0 s, at most 140 MiB (memory limits: cgroup v1)",
    "destroy      60.0 s",
    "left         nothing",
    "secrets      22, in no file but their own state",
    "world        1234 calls",
    "total        61 min 1 s",
  ]);
});

test("the summary of a bad run says what was found", () => {
  const lines = summaryLines(
    { ...report, secondPlanChanges: 2, left: 5, secrets: { planted: 22, found: 3 } },
    1,
  );

  expect(lines).toContain("second plan  2 changes");
  expect(lines).toContain("left         5");
  expect(lines).toContain("secrets      found in 3 places");
});

describe("the place of the report is looked at before the run", () => {
  test("its directories are made, and an earlier run's report is removed", () => {
    const directory = join(temporaryDirectory(), "a", "b");
    const file = join(directory, "report.json");
    prepareReport(file);
    writeFileSync(file, "{}");
    prepareReport(file);

    expect(existsSync(directory)).toBe(true);
    expect(existsSync(file)).toBe(false);
  });

  test.each(["file/report.json", "."])("%s is refused", (name) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "file"), "");
    const prepare = (): void => {
      prepareReport(join(directory, name));
    };

    expect(prepare).toThrow(UserError);
    expect(prepare).toThrow(
      /^the report cannot be written to \/.* \(.+\): name another file with --report$/,
    );
  });
});
