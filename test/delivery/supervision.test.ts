import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { sendSignal } from "../../delivery/process-table";
import type { StopSignal } from "../../delivery/signals";
import { readTerraformRuns } from "../../delivery/terraform-record";
import { demoProjects } from "./support/demo-project";
import type { DeliveryProgram } from "./support/delivery-program";
import type { CdktfScript, TerraformScript } from "./support/fake-instructions";

const demo = demoProjects();

const RECORD = "01-deploy-platform.terraform.ndjson";

/** Signals that come faster than this are one key press. */
const MORE_THAN_AN_ECHO = 700;

/** Deploys all stacks; resolves when Terraform is at work on the first one. */
async function startApply(script: TerraformScript = {}): Promise<DeliveryProgram> {
  demo.project.instruct({
    terraform: { "platform apply": { untilStopped: true, ...script } },
    cdktf: { platform: { terraform: ["apply"] } },
  });
  const delivery = demo.project.start("deploy");
  await demo.project.until("platform apply: working");
  return delivery;
}

/** Deploys two stacks; resolves when the first one's cdktf pauses after a Terraform command. */
async function startPaused(cdktf: CdktfScript): Promise<DeliveryProgram> {
  demo.project.instruct({ cdktf: { platform: cdktf } });
  const delivery = demo.project.start("deploy", "platform", "streams");
  await demo.project.until("cdktf pauses");
  return delivery;
}

/** Sends a stop signal; resolves when the delivery has taken note of it. */
async function stop(delivery: DeliveryProgram): Promise<void> {
  delivery.send("SIGINT");
  const marker = join(demo.project.logs, `${RECORD}.stop`);
  await demo.project.untilTrue(() => existsSync(marker), "the stop marker");
}

/** What has happened to Terraform since it was at work. */
function sinceWorking(): string[] {
  const journal = demo.project.journal();
  return journal.slice(journal.indexOf("platform apply: working") + 1);
}

/** The plan files below the first stack's directory, or where programs keep temporary files. */
function planFiles(): string[] {
  return [demo.project.stack("platform").directory, demo.project.temporary].flatMap((directory) =>
    readdirSync(directory, { recursive: true, encoding: "utf8" })
      .filter((file) => basename(file) === "plan")
      .map((file) => join(directory, file)),
  );
}

describe("a stop signal", () => {
  test.each<[StopSignal, number]>([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])(
    "%s reaches Terraform once, which saves its state; the exit code is %d",
    async (signal, code) => {
      const delivery = await startApply({ saveMilliseconds: 300, provider: true });

      delivery.send(signal);
      const { exitCode, stderr } = await delivery.ended;

      expect(demo.project.running()).toEqual([]);
      expect(sinceWorking()).toEqual([`platform apply: ${signal}`, "platform apply: state saved"]);
      expect(exitCode).toBe(code);
      expect(stderr).toBe(
        `deploy of platform was stopped by ${signal} (terraform apply ended with exit code 1; cdktf ended with exit code 1); log: ${demo.project.logs}/01-deploy-platform.log\n`,
      );
      expect(demo.project.calls("cdktf")).toHaveLength(1);
    },
  );

  test("a second one lets Terraform give up", async () => {
    const delivery = await startApply({ saveMilliseconds: 60_000 });

    delivery.send("SIGINT");
    await demo.project.until("platform apply: SIGINT");
    await delay(MORE_THAN_AN_ECHO);
    delivery.send("SIGTERM");
    const { exitCode } = await delivery.ended;

    expect(demo.project.running()).toEqual([]);
    expect(sinceWorking()).toEqual([
      "platform apply: SIGINT",
      "platform apply: SIGTERM",
      "platform apply: gave up",
    ]);
    expect(exitCode).toBe(130);
  });

  test("a third one kills Terraform, its providers and cdktf", async () => {
    const delivery = await startApply({ onStop: "ignores", provider: true });

    delivery.send("SIGINT");
    await demo.project.until("platform apply: SIGINT");
    await delay(MORE_THAN_AN_ECHO);
    delivery.send("SIGTERM");
    await demo.project.until("platform apply: SIGTERM");
    await delay(MORE_THAN_AN_ECHO);
    expect(demo.project.running()).not.toEqual([]);
    delivery.send("SIGTERM");
    const { exitCode, stderr } = await delivery.ended;

    expect(demo.project.running()).toEqual([]);
    expect(sinceWorking()).toEqual(["platform apply: SIGINT", "platform apply: SIGTERM"]);
    expect(exitCode).toBe(130);
    expect(stderr).toContain(
      "stopped by SIGINT (terraform apply was killed by SIGKILL; cdktf was killed by SIGKILL)",
    );
  });

  test("between two Terraform commands of cdktf begins no further one", async () => {
    const delivery = await startPaused({ pauseAfter: "init" });

    await stop(delivery);
    demo.project.resume();
    const { exitCode, stderr } = await delivery.ended;

    expect(demo.project.journal()).toEqual(["platform init", "cdktf pauses"]);
    expect(exitCode).toBe(130);
    expect(stderr).toContain("(terraform apply ended with exit code 130; cdktf ended with");
  });

  test("after Terraform's success keeps the success, and begins no further stack", async () => {
    const delivery = await startPaused({ terraform: ["apply"], pauseAfter: "apply" });

    await stop(delivery);
    demo.project.resume();
    const { exitCode, stdout, stderr } = await delivery.ended;

    expect(stdout).toMatch(
      /^deploying platform …\ndeployed platform in [\d.]+ s\ndeploying streams …\n$/,
    );
    expect(stderr).toBe("stopped by SIGINT before deploy of streams\n");
    expect(exitCode).toBe(130);
    expect(demo.project.calls("cdktf")).toHaveLength(1);
  });

  test("ends a plan, and leaves no plan file", async () => {
    demo.project.instruct({ terraform: { plan: { untilStopped: true } } });
    const delivery = demo.project.start("plan");
    await demo.project.until("platform plan: working");
    expect(planFiles()).toHaveLength(1);

    delivery.send("SIGINT");
    const { exitCode, stderr } = await delivery.ended;

    expect(demo.project.running()).toEqual([]);
    expect(demo.project.journal().at(-1)).toBe("platform plan: state saved");
    expect(planFiles()).toEqual([]);
    expect(stderr).toBe("terraform plan of platform was stopped by SIGINT\n");
    expect(exitCode).toBe(130);
  });
});

describe("when a process is killed", () => {
  test("the delivery: Terraform saves its state and nothing is left", async () => {
    const delivery = await startApply({ provider: true });

    delivery.send("SIGKILL");
    await delivery.ended;
    await demo.project.untilQuiet();

    expect(sinceWorking()).toEqual(["platform apply: SIGINT", "platform apply: state saved"]);
  });

  test.each(["plan", "deploy"])(
    "the delivery, while it plans: the next %s removes the plan file",
    async (next) => {
      demo.project.instruct({ terraform: { plan: { untilStopped: true } } });
      const delivery = demo.project.start("plan", "platform");
      await demo.project.until("platform plan: working");

      delivery.send("SIGKILL");
      await delivery.ended;
      sendSignal(demo.project.call("terraform").pid, "SIGTERM");
      await demo.project.untilQuiet();
      expect(planFiles()).toHaveLength(1);

      demo.project.instruct({
        terraform: { show: { print: `{"format_version":"1.2","resource_changes":[]}` } },
      });
      expect(await demo.project.start(next, "platform").ended).toMatchObject({ exitCode: 0 });
      expect(planFiles()).toEqual([]);
    },
  );

  test("the delivery, while Terraform is stopping: Terraform is not asked twice", async () => {
    const delivery = await startApply({ saveMilliseconds: 1_500 });

    delivery.send("SIGTERM");
    await demo.project.until("platform apply: SIGTERM");
    delivery.send("SIGKILL");
    await delivery.ended;
    await demo.project.untilQuiet();

    expect(sinceWorking()).toEqual(["platform apply: SIGTERM", "platform apply: state saved"]);
  });

  test("the delivery, between two Terraform commands: no further one begins", async () => {
    const delivery = await startPaused({ pauseAfter: "init" });

    delivery.send("SIGKILL");
    await delivery.ended;
    demo.project.resume();
    await demo.project.untilQuiet();

    expect(demo.project.journal()).toEqual(["platform init", "cdktf pauses"]);
  });

  test("cdktf: Terraform saves its state, and the deploy has failed", async () => {
    const delivery = await startApply({ provider: true });

    sendSignal(demo.project.call("cdktf").pid, "SIGKILL");
    const { exitCode, stderr } = await delivery.ended;

    expect(demo.project.running()).toEqual([]);
    expect(sinceWorking()).toEqual(["platform apply: SIGINT", "platform apply: state saved"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "deploy of platform failed: terraform apply ended with exit code 1; cdktf was killed by SIGKILL\n",
    );
  });

  test("the supervisor: Terraform saves its state, and the deploy has failed", async () => {
    const delivery = await startApply({ provider: true });
    const [run] = readTerraformRuns(join(demo.project.logs, RECORD));

    sendSignal(run?.supervisor.pid ?? 0, "SIGKILL");
    const { exitCode, stderr } = await delivery.ended;

    expect(demo.project.running()).toEqual([]);
    expect(sinceWorking()).toEqual(["platform apply: SIGINT", "platform apply: state saved"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `terraform apply (pid ${run?.process?.pid ?? ""}) was cut off: its supervisor was killed; cdktf ended with exit code 0\n`,
    );
  });
});
