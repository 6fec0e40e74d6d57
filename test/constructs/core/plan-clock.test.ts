import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";

import { PlanClock } from "../../../constructs/core/plan-clock";
import { terraform, terraformOk } from "../../sandbox/provider/support/terraform";
import { synth, testStack } from "../../support/synth";
import { temporaryDirectory } from "../../support/temporary-directory";

/** A module that puts out its clock's time. */
function clockModule(): string {
  const stack = testStack();
  new TerraformOutput(stack, "now", { value: PlanClock.of(stack).now });
  const { variable, output } = synth(stack);
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "clock.tf.json"), JSON.stringify({ variable, output }));
  return directory;
}

async function timeOf(directory: string, clock: NodeJS.ProcessEnv = {}): Promise<unknown> {
  await terraformOk(["apply", "-auto-approve", "-input=false"], directory, clock);
  return JSON.parse(await terraformOk(["output", "-json", "now"], directory));
}

it("a stack has one clock, whoever asks for it", () => {
  const stack = testStack();
  expect(PlanClock.of(new Construct(stack, "Nested"))).toBe(PlanClock.of(stack));
  expect(synth(stack).variable).toEqual({
    rotation_clock: {
      type: "string",
      default: "",
      description: "The time that this plan counts with, RFC 3339. Empty is the plan's own.",
      validation: [
        {
          condition: '${var.rotation_clock == "" || can(timeadd(var.rotation_clock, "0s"))}',
          error_message: "rotation_clock must be a time such as 2026-01-31T00:00:00Z, or empty.",
        },
      ],
    },
  });
});

it("shows the plan's own time, which each plan knows and which the next may have another of", async () => {
  const before = Date.now() - 1000;
  const shown = Date.parse(String(await timeOf(clockModule())));
  expect(shown).toBeGreaterThanOrEqual(before);
  expect(shown).toBeLessThanOrEqual(Date.now());
});

it("can be set", async () => {
  const time = "2031-05-06T07:08:09Z";
  expect(await timeOf(clockModule(), { TF_VAR_rotation_clock: time })).toBe(time);
});

it("fails for what is no time", async () => {
  const run = await terraform(["plan", "-input=false", "-no-color"], clockModule(), {
    TF_VAR_rotation_clock: "tomorrow",
  });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("rotation_clock must be a time such as 2026-01-31T00:00:00Z");
});
