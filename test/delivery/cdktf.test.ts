import { readdirSync } from "node:fs";
import { join } from "node:path";

import { demoProjects } from "./support/demo-project";
import type { ProgramEnd } from "./support/delivery-program";
import type { CdktfScript, TerraformScript } from "./support/fake-instructions";

const demo = demoProjects();

/** Deploys the first two stacks, of which the first one's programs behave like this. */
async function deploy(cdktf: CdktfScript, apply: TerraformScript = {}): Promise<ProgramEnd> {
  demo.project.instruct({ terraform: { apply }, cdktf: { platform: cdktf } });
  return demo.project.start("deploy", "platform", "streams").ended;
}

test("cdktf is called for one stack at a time, on what is synthesized, without questions", async () => {
  const { exitCode } = await deploy({});
  const { output, directory } = demo.project;
  const flags = [
    "--skip-synth",
    "--auto-approve",
    "--skip-provider-lock",
    "--ignore-missing-stack-dependencies",
    "--no-color",
  ];

  expect(exitCode).toBe(0);
  expect(demo.project.calls("cdktf")).toMatchObject([
    { arguments: ["deploy", "demo-platform", "--output", output, ...flags], directory },
    { arguments: ["deploy", "demo-streams", "--output", output, ...flags], directory },
  ]);
  expect(demo.project.journal()).toEqual([
    "platform init",
    "platform apply",
    "streams init",
    "streams apply",
  ]);
});

describe("a deploy has failed", () => {
  test.each<[string, CdktfScript, TerraformScript, string]>([
    [
      "when Terraform was killed, of which cdktf makes a success",
      { terraform: ["apply"], exit: 0 },
      { killedBy: "SIGKILL" },
      "terraform apply was killed by SIGKILL; cdktf ended with exit code 0",
    ],
    [
      "when Terraform failed and cdktf ends with 0",
      { terraform: ["apply"], exit: 0 },
      { exit: 3 },
      "terraform apply ended with exit code 3; cdktf ended with exit code 0",
    ],
    [
      "when cdktf fails before it starts Terraform",
      { terraform: [], exit: 1 },
      {},
      "cdktf ended with exit code 1 without running terraform apply",
    ],
  ])("%s; stack, log and reason are told, and it goes no further", async (_, cdktf, apply, why) => {
    const { exitCode, stderr } = await deploy(cdktf, apply);

    expect(stderr).toBe(
      `deploy of platform failed: ${why}\nlog: ${demo.project.logs}/01-deploy-platform.log\n`,
    );
    expect(exitCode).toBe(1);
    expect(demo.project.calls("cdktf")).toHaveLength(1);
  });
});

test("cdktf's ordinary failure has Terraform's reason, and the log has all of it", async () => {
  const { stderr } = await deploy(
    {},
    { print: "t.a: Creating...\n", printError: "Error: quota exceeded\n\n  with t.a\n", exit: 1 },
  );

  expect(stderr).toBe(
    [
      "deploy of platform failed: terraform apply ended with exit code 1; cdktf ended with exit code 1",
      "Error: quota exceeded",
      "  with t.a",
      `log: ${demo.project.logs}/01-deploy-platform.log`,
      "",
    ].join("\n"),
  );
  expect(demo.project.log("01-deploy-platform.log")).toBe(
    "t.a: Creating...\nError: quota exceeded\n\n  with t.a\n",
  );
});

test("providers that a killed Terraform leaves behind are ended", async () => {
  await deploy({ terraform: ["apply"] }, { provider: true, killedBy: "SIGKILL" });

  expect(demo.project.running()).toEqual([]);
});

test("a Terraform that is not there is told", async () => {
  const terraform = join(demo.project.directory, "no-terraform");
  demo.project.instruct({ cdktf: { platform: { terraform: ["version"] } } });

  const { exitCode, stderr } = await demo.project.startWith(
    { TERRAFORM_BINARY_NAME: terraform },
    "deploy",
  ).ended;

  expect(stderr).toContain(
    "terraform version could not be started (exit code 127); cdktf ended with exit code 1\n",
  );
  expect(demo.project.log("01-deploy-platform.log")).toBe(
    `cannot start Terraform (${terraform}): spawn ${terraform} ENOENT\n`,
  );
  expect(exitCode).toBe(1);
});

test("only logs and records are left, wherever they are wanted", async () => {
  demo.project.instruct({ cdktf: { platform: { terraform: ["apply"] } } });
  const logs = join(demo.project.directory, "it's a $(log)");

  const { exitCode } = await demo.project.start("deploy", "platform", "--logs", logs).ended;

  expect(exitCode).toBe(0);
  expect(demo.project.journal()).toEqual(["platform apply"]);
  expect(readdirSync(logs)).toEqual([
    "01-deploy-platform.log",
    "01-deploy-platform.terraform.ndjson",
  ]);
  expect(readdirSync(demo.project.temporary)).toEqual([]);
});
