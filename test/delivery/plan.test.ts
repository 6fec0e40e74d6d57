import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { planStack, type StackPlan } from "../../delivery/plan";
import { demoProjects } from "./support/demo-project";
import type { TerraformScript } from "./support/fake-instructions";

const demo = demoProjects();

const EMPTY_PLAN = JSON.stringify({ format_version: "1.2", resource_changes: [] });
const ONE_CHANGE = JSON.stringify({
  format_version: "1.2",
  resource_changes: [{ address: "t.a", change: { actions: ["create"], after: "hidden" } }],
});
const ONE_DRIFT = JSON.stringify({
  format_version: "1.2",
  resource_drift: [
    { address: "t.a", change: { actions: ["delete"], before: { id: "x" }, after: null } },
  ],
});
const SHAPE_ONLY = JSON.stringify({
  format_version: "1.2",
  resource_drift: [
    { address: "t.a", change: { actions: ["update"], before: { x: null }, after: { x: [] } } },
  ],
});
const OUTPUT_ONLY = JSON.stringify({
  format_version: "1.2",
  output_changes: { a: { actions: ["update"] } },
});

/** Plans a stack for which Terraform behaves like this. */
async function plan(script: TerraformScript, json: string): Promise<StackPlan> {
  demo.project.instruct({ terraform: { plan: script, show: { print: json } } });
  return planStack(demo.project.context(), demo.project.stack("streams"));
}

/** The directory of the plan file that Terraform was told to write. */
function planDirectory(): string {
  const planFile = demo.project
    .calls("terraform")
    .flatMap((call) => call.arguments)
    .find((argument) => argument.startsWith("-out="))
    ?.slice("-out=".length);
  return dirname(planFile ?? "");
}

test.each([
  ["nothing", 0, EMPTY_PLAN, 0],
  ["a change", 2, ONE_CHANGE, 1],
  ["drift, though Terraform has nothing to do", 0, ONE_DRIFT, 1],
  ["nothing when drift is only another way to write nothing", 0, SHAPE_ONLY, 0],
  ["a change of an output", 2, OUTPUT_ONLY, 1],
  ["a change that only Terraform's exit code tells of", 2, EMPTY_PLAN, 1],
])("a plan finds %s", async (_, exit, json, changeCount) => {
  expect(await plan({ exit }, json)).toMatchObject({
    changeCount,
    stack: { shortName: "streams" },
    json: JSON.parse(json) as unknown,
  });
});

test("a plan takes no lock, asks nothing, and is shown as JSON", async () => {
  await plan({}, EMPTY_PLAN);
  const planFile = join(planDirectory(), "plan");

  expect(demo.project.calls("terraform").map((call) => call.arguments)).toEqual([
    ["plan", "-input=false", "-no-color", "-lock=false", "-detailed-exitcode", `-out=${planFile}`],
    ["show", "-json", planFile],
  ]);
});

test("a plan that fails is told with Terraform's reason", async () => {
  await expect(
    plan({ printError: "\nError: No value\n\n  in t.a\n", exit: 1 }, ""),
  ).rejects.toThrow(
    [
      "terraform plan of streams ended with exit code 1",
      "Error: No value",
      "  in t.a",
      `log: ${demo.project.logs}/01-plan-streams.log`,
    ].join("\n"),
  );
  expect(demo.project.journal()).toEqual(["streams plan"]);
});

test("a plan that is killed is no empty plan", async () => {
  await expect(plan({ killedBy: "SIGKILL" }, EMPTY_PLAN)).rejects.toThrow(
    "terraform plan of streams was killed by SIGKILL",
  );
});

test("a plan that cannot be shown is no empty plan", async () => {
  demo.project.instruct({ terraform: { show: { exit: 1 } } });

  await expect(planStack(demo.project.context(), demo.project.stack("streams"))).rejects.toThrow(
    "terraform show of streams ended with exit code 1",
  );
});

test.each<[string, TerraformScript, string]>([
  ["success", { exit: 2 }, ONE_CHANGE],
  ["failure", { exit: 1 }, ONE_CHANGE],
  ["an answer that is no plan", {}, "{}"],
])("the plan file, which holds secrets, is gone after %s", async (_, script, json) => {
  await plan(script, json).catch(() => undefined);

  expect(planDirectory()).toMatch(/demo-streams\/\.terraform\/plans\/private-\w+$/);
  expect(existsSync(dirname(planDirectory()))).toBe(false);
});

test("no secret is in any log", async () => {
  await plan({ exit: 2, print: "Plan: 1 to add\n" }, ONE_CHANGE);
  const { logs } = demo.project;

  expect(demo.project.log("01-plan-streams.log")).toBe("Plan: 1 to add\n");
  const texts = readdirSync(logs).map((file) => readFileSync(join(logs, file), "utf8"));
  expect(texts.join("").includes("hidden")).toBe(false);
});
