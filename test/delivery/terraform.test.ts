import { setImmediate as immediately } from "node:timers/promises";

import {
  queryTerraform,
  type TerraformAnswer,
  type TerraformQuery,
} from "../../delivery/terraform";
import { readTerraformRuns } from "../../delivery/terraform-record";
import { Interrupted, UserError } from "../../delivery/user-error";
import { demoProjects } from "./support/demo-project";
import type { TerraformScript } from "./support/fake-instructions";

const demo = demoProjects();

/** Asks a Terraform that behaves like this. */
async function query(
  script: TerraformScript,
  options: Partial<TerraformQuery> & { readonly terraform?: string } = {},
): Promise<TerraformAnswer> {
  const { terraform, ...changes } = options;
  demo.project.instruct({ terraform: { show: script } });
  const context = demo.project.context(terraform === undefined ? {} : { terraform });
  const stack = demo.project.stack("streams");
  return queryTerraform(context, stack, context.logs.next("show", stack), {
    arguments: ["show", "-json"],
    output: "returned",
    ...changes,
  });
}

const log = (): string => demo.project.log("01-show-streams.log");

test("what is to be returned is not logged, but for its errors", async () => {
  const answer = await query({ print: "hidden", printError: "Warning: old\n" });

  expect(answer).toEqual({ exitCode: 0, stdout: "hidden" });
  expect(log()).toBe("Warning: old\n");
});

test("what is to be logged is not returned", async () => {
  expect(await query({ print: "done\n" }, { output: "log" })).toEqual({ exitCode: 0, stdout: "" });
  expect(log()).toBe("done\n");
});

test("an exit code that is accepted is told", async () => {
  expect(await query({ exit: 2 }, { accept: [0, 2] })).toMatchObject({ exitCode: 2 });
});

test.each<[TerraformScript, string]>([
  [{ exit: 2 }, "terraform show of streams ended with exit code 2"],
  [{ killedBy: "SIGKILL" }, "terraform show of streams was killed by SIGKILL"],
])("fails for %j", async (script, message) => {
  await expect(query(script)).rejects.toThrow(
    new UserError(`${message}\nlog: ${demo.project.logs}/01-show-streams.log`),
  );
});

test("a Terraform that is not there is told, and its failure is on record", async () => {
  await expect(query({}, { terraform: "/no/terraform" })).rejects.toThrow(
    new UserError("cannot start Terraform (/no/terraform): spawn /no/terraform ENOENT"),
  );
  await immediately(); // the process that never was is closed after its error
  const record = `${demo.project.logs}/01-show-streams.terraform.ndjson`;
  expect(readTerraformRuns(record)).toMatchObject([{ outcome: { exitCode: 127 } }]);
});

test("nothing starts after a stop was requested", async () => {
  demo.project.interruption.request("SIGTERM");

  await expect(query({})).rejects.toThrow(
    new Interrupted("SIGTERM", "stopped by SIGTERM before terraform show of streams"),
  );
  expect(demo.project.journal()).toEqual([]);
});

test("a stop signal is passed on, and an answer that came nevertheless is not believed", async () => {
  const answer = query({ untilStopped: true, print: "half an answer" }, { accept: [0, 1] });
  await demo.project.until("streams show: working");

  demo.project.interruption.request("SIGTERM");

  await expect(answer).rejects.toThrow(
    new Interrupted("SIGTERM", "terraform show of streams was stopped by SIGTERM"),
  );
  expect(demo.project.journal().slice(2)).toEqual([
    "streams show: SIGTERM",
    "streams show: state saved",
  ]);
});

test("a third one kills Terraform and its providers", async () => {
  const answer = query({ untilStopped: true, onStop: "ignores", provider: true });
  await demo.project.until("streams show: working");

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    demo.project.interruption.request(signal);
    await demo.project.until(`streams show: ${signal}`);
  }
  expect(demo.project.running()).toHaveLength(2);
  demo.project.interruption.request("SIGTERM");

  await expect(answer).rejects.toThrow("terraform show of streams was stopped by SIGINT");
  expect(demo.project.running()).toEqual([]);
});

test("providers that hold the output open do not hold the answer up", async () => {
  expect(await query({ print: "answer", provider: true })).toMatchObject({ stdout: "answer" });
  expect(demo.project.running()).toEqual([]);
});
