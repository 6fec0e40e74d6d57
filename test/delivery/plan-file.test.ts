import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { newPlanFile, removePlanFiles } from "../../delivery/plan-file";
import { demoProjects } from "./support/demo-project";

const demo = demoProjects();

test("only its user can enter the directory of a plan file", () => {
  const file = newPlanFile(demo.project.stack("streams"));

  expect(existsSync(file)).toBe(false);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
});

test("a plan file that a killed command has left is gone when the next is made", () => {
  const stack = demo.project.stack("streams");
  const left = newPlanFile(stack);
  writeFileSync(left, "secrets");
  newPlanFile(stack);

  expect(existsSync(left)).toBe(false);
});

test("a Terraform that outlived its delivery can write no plan any more", () => {
  const stack = demo.project.stack("streams");
  const outlived = newPlanFile(stack);
  newPlanFile(stack);

  expect(() => {
    writeFileSync(outlived, "secrets");
  }).toThrow("ENOENT");
});

test("nothing of it remains, and nothing else is touched", () => {
  const stack = demo.project.stack("streams");
  const initialised = join(stack.directory, ".terraform");
  const before = readdirSync(initialised);
  writeFileSync(newPlanFile(stack), "secrets");
  removePlanFiles(stack);

  expect(readdirSync(initialised)).toEqual(before);
});
