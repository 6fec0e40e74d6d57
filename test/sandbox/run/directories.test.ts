import { existsSync } from "node:fs";
import { join } from "node:path";

import { RunDirectory, SandboxDirectory } from "../../../sandbox/run/directories";
import { projectRoot } from "../../../sandbox/provider/project-root";
import { temporaryDirectory } from "../../support/temporary-directory";

test.each([{}, { LAKEHOUSE_SANDBOX_DIRECTORY: "" }])(
  "with %j, the sandbox lies in the project",
  (environment) => {
    const { project, path } = SandboxDirectory.chosenBy(environment);

    expect(project).toBe(projectRoot());
    expect(path).toBe(join(projectRoot(), ".sandbox"));
  },
);

test("a variable names another place, from the current directory", () => {
  const chosen = (path: string): SandboxDirectory =>
    SandboxDirectory.chosenBy({ LAKEHOUSE_SANDBOX_DIRECTORY: path });

  expect(chosen("/elsewhere")).toMatchObject({ project: projectRoot(), path: "/elsewhere" });
  expect(chosen("other").path).toBe(join(process.cwd(), "other"));
});

test("runs are named so that they sort by age", () => {
  const directory = new SandboxDirectory("/project");
  const names = [
    "2026-01-02T03:04:05.678Z",
    "2026-01-10T00:00:00.000Z",
    "2027-01-01T00:00:00Z",
  ].map((time) => directory.newRun(new Date(time)).path);

  expect(names[0]).toBe("/project/.sandbox/runs/20260102T030405Z");
  expect([...names].sort()).toEqual(names);
});

test("all files lie in the sandbox's directory, each in a place of its own", () => {
  const directory = new SandboxDirectory("/project", "/sandbox");
  const { lockFile, python, pluginCache, runs, byHand } = directory;
  const paths = [lockFile, python, pluginCache, runs, byHand.path];

  expect(new Set(paths).size).toBe(paths.length);
  for (const path of paths) expect(path).toMatch(/^\/sandbox\/[\w-]+$/);
});

test("a run's directories exist when programs expect them to", () => {
  const run = new RunDirectory(join(temporaryDirectory(), "a", "b")).create();

  expect([run.home, run.states, run.logs].filter((path) => !existsSync(path))).toEqual([]);
  expect(run.stateFile("stack")).toBe(join(run.states, "stack.tfstate"));
});
