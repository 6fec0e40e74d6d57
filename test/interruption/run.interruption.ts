import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import {
  directory,
  remainingProcesses,
  remainingProcessesAfter,
  runCommand,
  SandboxCommand,
} from "./sandbox-command";

/** A line of a stack trace. */
const STACK_TRACE = /^\s+at .+:\d+:\d+\)?$/m;

/** The titles up to a moment of the run, and how long after the last one it is: seconds into a deployment, Terraform works. */
type Moment = readonly [titles: readonly string[], secondsLater: number];

const SOON = 0.2;
const IN_TERRAFORM = 4;

afterAll(() => {
  rmSync(directory.runs, { recursive: true, force: true });
});

/** No process of this sandbox may outlive a test, whatever the test found. */
afterEach(async () => {
  for (const { pid } of await remainingProcessesAfter(1_000)) process.kill(pid, "SIGKILL");
});

async function runUntil([titles, seconds]: Moment): Promise<SandboxCommand> {
  const command = new SandboxCommand();
  await command.reach(...titles);
  await delay(seconds * 1_000);
  return command;
}

describe("Ctrl-C", () => {
  test.each<Moment>([
    [["Prepare"], SOON],
    [["Prepare", "Synthesize the stacks"], 3],
    [["Start the world and moto"], SOON],
    [["Deploy", "streaming-platform"], IN_TERRAFORM],
    [["Deploy", "streaming-credentials"], IN_TERRAFORM],
    [["Plan again", "event-streams"], 1],
    [["Synthesize the changed application"], 1],
    [["Plan the change", "streaming-platform"], 1],
    [["Plan again", "Deploy the change"], IN_TERRAFORM],
    [["Plan again", "Deploy the change", "Destroy", "stock-analytics"], IN_TERRAFORM],
    [["Plan again", "Deploy the change", "Destroy", "streaming-platform"], IN_TERRAFORM],
    [["Plan again", "Deploy the change", "Destroy", "Look for what is left"], SOON],
  ])("at %j, after %d s, ends the run and all it has started", async (...moment) => {
    const command = await runUntil(moment);
    command.pressControlC();
    const { exitCode, output } = await command.end();

    expect(output).toMatch(/(stopped|was stopped) by SIGINT/);
    expect(output).not.toMatch(STACK_TRACE);
    expect(output).toContain(`files of this run: ${directory.runs}`);
    expect(exitCode).toBe(130);
    expect(remainingProcesses()).toEqual([]);
    expect(await runCommand("status")).toMatchObject({ exitCode: 0 });
  });

  test("during a deployment, the message leads to the log of what it cut short", async () => {
    const command = await runUntil([["Deploy", "event-streams"], IN_TERRAFORM]);
    command.pressControlC();
    const { output } = await command.end();

    const [, log = ""] =
      /^deploy of event-streams was stopped by SIGINT \(.*\); log: (.*)$/m.exec(output) ?? [];
    expect(readFileSync(log, "utf8")).toContain("Terraform");
    expect(remainingProcesses()).toEqual([]);
  });
});

test("SIGTERM, as a runner sends it, ends a run with 143", async () => {
  const command = await runUntil([["Deploy", "stock-analytics"], IN_TERRAFORM]);
  command.send("SIGTERM");
  const { exitCode, output } = await command.end();

  expect(output).toMatch(/^deploy of stock-analytics was stopped by SIGTERM \(.*\); log: /m);
  expect(output).not.toMatch(STACK_TRACE);
  expect(exitCode).toBe(143);
  expect(remainingProcesses()).toEqual([]);
});

test("a run whose output nobody reads any more ends in order", async () => {
  const command = await runUntil([["Deploy", "streaming-platform"], IN_TERRAFORM]);
  command.stopReading();
  const { exitCode } = await command.end();

  expect(exitCode).toBe(143);
  expect(remainingProcesses()).toEqual([]);
});

describe("SIGKILL", () => {
  test.each<Moment>([
    [["Deploy", "event-streams"], IN_TERRAFORM],
    [["Plan again", "Deploy the change", "Destroy", "streaming-credentials"], IN_TERRAFORM],
  ])("at %j, after %d s, leaves nothing running, and the next run says so", async (...moment) => {
    const command = await runUntil(moment);
    command.send("SIGKILL");
    expect(await command.end()).toMatchObject({ signal: "SIGKILL" });

    expect(await remainingProcessesAfter(15_000)).toEqual([]);
    const next = new SandboxCommand();
    await next.reach("Prepare");
    next.pressControlC();
    const { exitCode, output } = await next.end();
    expect(output).toMatch(
      /^an earlier run \(.*\) was cut off; none of its processes is left; its files are in /m,
    );
    expect(exitCode).toBe(130);
    expect(remainingProcesses()).toEqual([]);
  });

  test("in the middle of a deployment, and a new run at once: it ends what is left first", async () => {
    const command = await runUntil([["Deploy", "streaming-platform"], IN_TERRAFORM]);
    command.send("SIGKILL");
    await command.end();
    const next = new SandboxCommand();
    await next.reach("Prepare");
    next.pressControlC();
    const { output } = await next.end();

    expect(output).toMatch(/^an earlier run \(.*\) was cut off; /m);
    expect(remainingProcesses()).toEqual([]);
  });
});

describe("a cloud that dies during a deployment", () => {
  test.each([
    ["the sandbox world", "main.js --port", "world.log"],
    ["moto", "server.py", "moto.log"],
  ])("%s is named, with its log", async (name, program, log) => {
    const command = await runUntil([["Deploy", "streaming-platform"], IN_TERRAFORM]);
    for (const { pid } of remainingProcesses()) {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      if (commandLine.includes(program)) process.kill(pid, "SIGKILL");
    }
    const { exitCode, output } = await command.end(180_000);

    expect(output).toContain(`${name} has died in the middle of the work: `);
    expect(output).toMatch(new RegExp(`^its log: ${directory.runs}/.*/${log}$`, "m"));
    expect(output).not.toMatch(STACK_TRACE);
    expect(exitCode).toBe(1);
    expect(remainingProcesses()).toEqual([]);
  });
});

test("after all of this, a run goes from start to end", async () => {
  const file = join(directory.path, "report.json");
  const { exitCode, output } = await runCommand("--report", file);

  expect(output).toMatch(/^left +nothing$/m);
  expect(exitCode).toBe(0);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ secondPlanChanges: 0, left: 0 });
  expect(remainingProcesses()).toEqual([]);
});
