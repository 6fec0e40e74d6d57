import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { StackPlan } from "../../../delivery/plan";
import { PlanFiles } from "../../../sandbox/loop/plan-files";
import { temporaryDirectory } from "../../support/temporary-directory";

const plan: StackPlan = {
  stack: {
    name: "lakehouse-sandbox-event-streams",
    shortName: "event-streams",
    directory: "",
    configurationFile: "",
    dependencies: [],
  },
  summary: { changes: [], drift: [], outputs: [] },
  json: { format_version: "1.2" },
  changeCount: 0,
};

test("a plan is kept under its moment and its stack", () => {
  const directory = join(temporaryDirectory(), "plans");
  new PlanFiles(directory).keep("again", plan);

  expect(readFileSync(join(directory, "again", "event-streams.json"), "utf8")).toBe(
    `{\n  "format_version": "1.2"\n}\n`,
  );
});

test("where no directory is named, no plan is kept", () => {
  new PlanFiles().keep("again", plan);

  expect(existsSync("again")).toBe(false);
});
