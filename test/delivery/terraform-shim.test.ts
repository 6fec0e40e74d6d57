import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { ownIdentity } from "../../delivery/process-table";
import { readTerraformRuns, stopMarkerOf } from "../../delivery/terraform-record";
import { demoProjects } from "./support/demo-project";

const demo = demoProjects();

const recordFile = (): string => join(demo.project.directory, "record.ndjson");

/** Starts the shim as cdktf does. */
function startShim(args: readonly string[], owner: unknown = ownIdentity()): ChildProcess {
  const { programs, environment } = demo.project;
  return spawn(
    process.execPath,
    [programs.shim, programs.terraform, recordFile(), JSON.stringify(owner), ...args],
    { cwd: demo.project.stack("streams").directory, env: environment, stdio: "ignore" },
  );
}

test("Terraform runs where cdktf runs it, with its arguments, and its exit code is passed on", async () => {
  demo.project.instruct({ terraform: { apply: { exit: 5 } } });

  expect(await once(startShim(["apply", "-var=key=hidden"]), "exit")).toEqual([5, null]);
  expect(demo.project.call("terraform")).toMatchObject({
    arguments: ["apply", "-var=key=hidden"],
    directory: demo.project.stack("streams").directory,
  });
});

test("the command and its end are on record, its arguments, which may be secret, are not", async () => {
  await once(startShim(["-chdir=x", "apply", "-var=key=hidden"]), "exit");

  expect(readTerraformRuns(recordFile())).toEqual([
    {
      id: expect.any(String),
      command: "apply",
      supervisor: { pid: expect.any(Number), startedAt: expect.any(String) },
      process: {
        pid: demo.project.call("terraform").pid,
        startedAt: expect.any(String),
      },
      outcome: { exitCode: 0 },
    },
  ]);
});

test("a killed Terraform is no success to cdktf", async () => {
  demo.project.instruct({ terraform: { apply: { killedBy: "SIGKILL" } } });

  expect(await once(startShim(["apply"]), "exit")).toEqual([137, null]);
  expect(readTerraformRuns(recordFile())).toMatchObject([
    { outcome: { exitCode: 137, signal: "SIGKILL" } },
  ]);
});

test("each signal of the delivery counts, however fast", async () => {
  demo.project.instruct({
    terraform: { apply: { untilStopped: true, saveMilliseconds: 60_000 } },
  });
  const shim = startShim(["apply"]);
  await demo.project.until("streams apply: working");

  shim.kill("SIGINT");
  await demo.project.until("streams apply: SIGINT");
  shim.kill("SIGTERM");

  expect(await once(shim, "exit")).toEqual([1, null]);
  expect(demo.project.journal().slice(2)).toEqual([
    "streams apply: SIGINT",
    "streams apply: SIGTERM",
    "streams apply: gave up",
  ]);
});

test("when cdktf's terminal closes, Terraform is asked to stop, once", async () => {
  demo.project.instruct({ terraform: { apply: { untilStopped: true, saveMilliseconds: 500 } } });
  const shim = startShim(["apply"]);
  await demo.project.until("streams apply: working");

  shim.kill("SIGHUP");
  await demo.project.until("streams apply: SIGINT");
  shim.kill("SIGHUP");

  expect(await once(shim, "exit")).toEqual([1, null]);
  expect(demo.project.journal().slice(2)).toEqual([
    "streams apply: SIGINT",
    "streams apply: state saved",
  ]);
});

test("nothing starts when a stop has been requested", async () => {
  writeFileSync(stopMarkerOf(recordFile()), "SIGINT\n");

  expect(await once(startShim(["apply"]), "exit")).toEqual([130, null]);
  expect(demo.project.journal()).toEqual([]);
  expect(readTerraformRuns(recordFile())).toMatchObject([{ outcome: { exitCode: 130 } }]);
});

test("nothing starts when the delivery has gone, though its pid is in use again", async () => {
  const { pid } = ownIdentity();

  expect(await once(startShim(["apply"], { pid, startedAt: "0" }), "exit")).toEqual([130, null]);
  expect(demo.project.journal()).toEqual([]);
});

test("called otherwise, it fails", async () => {
  expect(await once(startShim(["apply"], {}), "exit")).toEqual([1, null]);
  expect(demo.project.journal()).toEqual([]);
});
