import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ensureInitialised, markInitialised } from "../../delivery/initialise";
import { demoProjects } from "./support/demo-project";

const demo = demoProjects();

/** Forgets what was initialised. */
function forget(): void {
  const { directory } = demo.project.stack("streams");
  rmSync(join(directory, ".terraform"), { recursive: true, force: true });
}

beforeEach(forget);

/** Makes sure that the stack is initialised. */
async function initialise(): Promise<void> {
  const stack = demo.project.stack("streams");
  const context = demo.project.context();
  await ensureInitialised(context, stack, context.logs.next("plan", stack));
}

test("a directory is initialised once, without asking back", async () => {
  await initialise();
  await initialise();

  expect(demo.project.journal()).toEqual(["streams init"]);
  expect(demo.project.call("terraform").arguments).toEqual(["init", "-input=false", "-no-color"]);
});

test.each([
  ["the backend", { terraform: { backend: { s3: { bucket: "other" } } } }],
  ["a provider's version", { terraform: { required_providers: { aws: { version: "6.0" } } } }],
])("it is initialised again when %s changes", async (_, configuration) => {
  await initialise();
  demo.project.configure("streams", configuration);
  await initialise();

  expect(demo.project.journal()).toEqual(["streams init", "streams init"]);
});

test("it is initialised again when an override file comes", async () => {
  await initialise();
  const override = join(demo.project.stack("streams").directory, "sandbox_override.tf.json");
  writeFileSync(override, JSON.stringify({ terraform: { backend: { local: {} } } }));
  await initialise();

  expect(demo.project.journal()).toEqual(["streams init", "streams init"]);
});

test("it is initialised again when Terraform's directory was removed", async () => {
  await initialise();
  forget();
  await initialise();

  expect(demo.project.journal()).toEqual(["streams init", "streams init"]);
});

test("resources do not matter", async () => {
  await initialise();
  demo.project.configure("streams", { resource: { t: { a: {} } } });
  await initialise();

  expect(demo.project.journal()).toEqual(["streams init"]);
});

test("what cdktf initialised is initialised", async () => {
  markInitialised(demo.project.stack("streams"));
  await initialise();

  expect(demo.project.journal()).toEqual([]);
});

test("a failed initialisation is told with its reason, and repeated the next time", async () => {
  const { project } = demo;
  project.instruct({
    terraform: { init: { printError: "Error: no such provider\n", exit: 1 } },
  });

  await expect(initialise()).rejects.toThrow(
    `terraform init of streams ended with exit code 1\nError: no such provider\nlog: ${project.logs}/01-plan-streams.log`,
  );
  project.instruct({});
  await initialise();

  expect(project.journal()).toEqual(["streams init", "streams init"]);
});
