import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "../../../delivery/user-error";
import { applyEdit, copyChangedApplication } from "../../../sandbox/loop/changed-application";
import { projectRoot } from "../../../sandbox/provider/project-root";
import { scenario } from "../../../sandbox/scenario";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

const edit = { file: "stacks/a.ts", find: "three", replace: "four" };

test("the one place is replaced", () => {
  expect(applyEdit("one three two", edit)).toBe("one four two");
  expect(applyEdit("three", { ...edit, replace: "$&" })).toBe("$&");
});

test.each([
  ["nothing", 0],
  ["three and three", 2],
])("an edit that finds its text in %j is refused with the remedy", (text, count) => {
  const apply = (): unknown => applyEdit(text, edit);

  expect(apply).toThrow(UserError);
  expect(apply).toThrow(
    `stacks/a.ts holds "three" ${count} times, and the sandbox's change replaces the only one: adapt the edit in sandbox/scenario.ts to the file`,
  );
});

test("the copy is changed, the project stays as it is, and its packages serve both", () => {
  const project = projectRoot();
  const directory = join(temporaryDirectory(), "changed-app");
  writeFiles(directory, { "stacks/of-an-earlier-change.ts": "" });
  const file = "cdktf.json";
  const before = readFileSync(join(project, file), "utf8");
  const change = { file, find: `"language": "typescript"`, replace: `"language": "changed"` };
  copyChangedApplication(project, directory, [change]);

  expect(readFileSync(join(directory, file), "utf8")).toContain(`"language": "changed"`);
  expect(readFileSync(join(project, file), "utf8")).toBe(before);
  expect(realpathSync(join(directory, "node_modules"))).toBe(join(project, "node_modules"));
  expect(readdirSync(join(directory, "stacks")).sort()).toEqual(
    readdirSync(join(project, "stacks")).sort(),
  );
});

test("a file may begin as the copy of another one", () => {
  const directory = join(temporaryDirectory(), "changed-app");
  const change = {
    file: "pipelines/stock_trades_with_totals/v9.sql",
    copyOf: "pipelines/stock_trades_with_totals/v1.sql",
    find: "FROM stock_trades\n",
    replace: "FROM stock_trades WHERE price > 0\n",
  };
  copyChangedApplication(projectRoot(), directory, [change]);

  const read = (file: string): string => readFileSync(join(directory, file), "utf8");
  expect(read(change.file)).toBe(
    read(change.copyOf).replace("FROM stock_trades\n", "FROM stock_trades WHERE price > 0\n"),
  );
});

test("the scenario's edits fit the application as it is", () => {
  const copy = (): void => {
    copyChangedApplication(projectRoot(), join(temporaryDirectory(), "copy"), scenario.edits);
  };

  expect(scenario.edits.length).toBeGreaterThan(0);
  expect(copy).not.toThrow();
});
