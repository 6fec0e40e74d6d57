import { existsSync } from "node:fs";
import { join } from "node:path";

import { demoProjects } from "./support/demo-project";
import type { ProgramEnd } from "./support/delivery-program";
import type { Instructions } from "./support/fake-instructions";

const demo = demoProjects();

/** Runs the command line where the fake programs behave like this. */
async function run(instructions: Instructions, ...args: string[]): Promise<ProgramEnd> {
  demo.project.instruct(instructions);
  return demo.project.start(...args).ended;
}

/** Times differ. */
function withoutTimes(text: string): string {
  return text.replace(/\d+\.\d s/g, "… s");
}

const ONE_COMMAND = { terraform: ["apply"] };
const DEPLOYED = { platform: ONE_COMMAND, streams: ONE_COMMAND, analytics: ONE_COMMAND };

describe("deploy", () => {
  test("deploys all stacks, each after the ones it depends on", async () => {
    const { exitCode, stdout, stderr } = await run({ cdktf: DEPLOYED }, "deploy");

    expect(withoutTimes(stdout)).toBe(`deploying platform …
deployed platform in … s
deploying streams …
deployed streams in … s
deploying analytics …
deployed analytics in … s
3 of 3 stacks deployed; logs: ${demo.project.logs}
`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(demo.project.journal()).toEqual(["platform apply", "streams apply", "analytics apply"]);
  });

  test("deploys named stacks, whatever the order of the names, and stops at a failure", async () => {
    const { exitCode, stdout, stderr } = await run(
      { terraform: { "streams apply": { exit: 1 } }, cdktf: DEPLOYED },
      "deploy",
      "analytics",
      "demo-streams",
    );

    expect(stdout).toBe("deploying streams …\n");
    expect(stderr).toMatch(/^deploy of streams failed: terraform apply ended with exit code 1; /);
    expect(exitCode).toBe(1);
    expect(demo.project.journal()).toEqual(["streams apply"]);
  });

  test("initialises nothing again that a deploy has initialised", async () => {
    demo.project.configure("platform", { terraform: { backend: { local: {} } } });
    await run({ cdktf: DEPLOYED }, "deploy", "platform");
    await demo.project.start("plan", "platform").ended;

    expect(demo.project.journal()).toEqual(["platform apply", "platform plan", "platform show"]);
  });
});

describe("destroy", () => {
  test("destroys nothing unless it is approved", async () => {
    const { exitCode, stderr } = await run({}, "destroy", "streams", "analytics");

    expect(stderr).toBe(
      "this destroys demo-streams, demo-analytics: add --auto-approve if that is what you want\n",
    );
    expect(exitCode).toBe(1);
    expect(demo.project.journal()).toEqual([]);
  });

  test("destroys each stack before the ones it depends on", async () => {
    const destroyed = { terraform: ["destroy"] };
    const { exitCode, stdout } = await run(
      { cdktf: { platform: destroyed, streams: destroyed, analytics: destroyed } },
      "destroy",
      "--auto-approve",
    );

    expect(withoutTimes(stdout)).toBe(`destroying analytics …
destroyed analytics in … s
destroying streams …
destroyed streams in … s
destroying platform …
destroyed platform in … s
3 of 3 stacks destroyed; logs: ${demo.project.logs}
`);
    expect(exitCode).toBe(0);
    expect(demo.project.calls("cdktf").map((call) => call.arguments[0])).toEqual([
      "destroy",
      "destroy",
      "destroy",
    ]);
  });

  test("is refused for what another stack needs, approved or not", async () => {
    const state = JSON.stringify({
      resources: [{ mode: "managed", type: "t", name: "a", instances: [{}] }],
    });
    const { exitCode, stderr } = await run(
      { terraform: { "analytics state": { print: state } } },
      "destroy",
      "streams",
      "--auto-approve",
    );

    expect(stderr).toBe(`refusing to destroy streams:
  analytics needs streams and still holds 1 resource (t.a)
run \`destroy analytics\` first, or name all of them in one command
`);
    expect(exitCode).toBe(1);
    expect(demo.project.calls("cdktf")).toEqual([]);
  });
});

describe("plan", () => {
  const terraform = {
    "platform plan": { exit: 2 },
    "platform show": {
      print: JSON.stringify({
        format_version: "1.2",
        resource_changes: [{ address: "t.a", change: { actions: ["create"], after: "hidden" } }],
      }),
    },
    show: { print: JSON.stringify({ format_version: "1.2" }) },
  };

  test("prints what each stack would change, and no value", async () => {
    const { exitCode, stdout, stderr } = await run({ terraform }, "plan", "streams", "platform");

    expect(stdout).toBe("platform: 1 change, 0 drifted, 0 outputs\n  + t.a\nstreams: no changes\n");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  test.each([
    ["platform", 2],
    ["streams", 0],
  ])("of %s ends with %d when the exit code is to tell", async (stack, expected) => {
    const { exitCode } = await run({ terraform }, "plan", stack, "--detailed-exitcode");

    expect(exitCode).toBe(expected);
  });
});

describe("a sentence, and no stack trace, answers", () => {
  test("an unknown stack", async () => {
    const { exitCode, stderr } = await run({}, "deploy", "nowhere");

    expect(stderr).toBe("unknown stack nowhere: the stacks are platform, streams, analytics\n");
    expect(exitCode).toBe(1);
  });

  test("a missing manifest, and nothing is made", async () => {
    const output = join(demo.project.directory, "nowhere");
    const { exitCode, stderr } = await run({}, "plan", "--output", output);

    expect(stderr).toBe(
      `${output}/manifest.json not found: run \`npx cdktf synth --output ${output}\` first\n`,
    );
    expect(exitCode).toBe(1);
    expect(existsSync(output)).toBe(false);
  });
});

test.each([[["undo"]], [["deploy", "--force"]], [[]]])("%j is no command", async (args) => {
  const { exitCode, stderr } = await run({}, ...args);

  expect(exitCode).toBe(1);
  expect(stderr).not.toBe("");
});
