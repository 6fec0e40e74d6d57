import { type CdktfExit, explainFailure } from "../../delivery/cdktf-verdict";
import type { TerraformOutcome, TerraformRun } from "../../delivery/terraform-record";

/** A Terraform command on record; without outcome, its supervisor was killed. */
function run(command: string, outcome?: TerraformOutcome): TerraformRun {
  return {
    id: command,
    command,
    supervisor: { pid: 1, startedAt: "1" },
    process: { pid: 42, startedAt: "1" },
    ...(outcome ? { outcome } : {}),
  };
}

const ended = (exitCode: number): CdktfExit => ({ exitCode, signal: null });
const OK = { exitCode: 0 };

test("a command succeeded when Terraform's own success is on record", () => {
  expect(explainFailure("deploy", ended(0), [run("init", OK), run("apply", OK)])).toBeUndefined();
  expect(explainFailure("destroy", ended(0), [run("destroy", OK)])).toBeUndefined();
});

test.each<[string, CdktfExit, TerraformRun[], string]>([
  [
    "Terraform failed and cdktf did not notice",
    ended(0),
    [run("init", OK), run("apply", { exitCode: 1 })],
    "terraform apply ended with exit code 1; cdktf ended with exit code 0",
  ],
  [
    "Terraform was killed and cdktf did not notice",
    ended(0),
    [run("init", OK), run("apply", { exitCode: 137, signal: "SIGKILL" })],
    "terraform apply was killed by SIGKILL; cdktf ended with exit code 0",
  ],
  [
    "Terraform failed before its main command",
    ended(1),
    [run("init", { exitCode: 1 })],
    "terraform init ended with exit code 1; cdktf ended with exit code 1",
  ],
  [
    "Terraform could not be started",
    ended(1),
    [run("version", { exitCode: 127 })],
    "terraform version could not be started (exit code 127); cdktf ended with exit code 1",
  ],
  [
    "the supervisor was killed",
    { exitCode: null, signal: "SIGKILL" },
    [run("init", OK), run("apply")],
    "terraform apply (pid 42) was cut off: its supervisor was killed; cdktf was killed by SIGKILL",
  ],
  [
    "cdktf failed before it started Terraform",
    ended(1),
    [],
    "cdktf ended with exit code 1 without running terraform apply",
  ],
  [
    "cdktf claims success without running Terraform",
    ended(0),
    [run("version", OK), run("init", OK)],
    "cdktf ended with exit code 0 without running terraform apply",
  ],
  [
    "another command's success is on record",
    ended(0),
    [run("destroy", OK)],
    "cdktf ended with exit code 0 without running terraform apply",
  ],
  [
    "cdktf failed after Terraform",
    ended(1),
    [run("init", OK), run("apply", OK)],
    "cdktf ended with exit code 1 although terraform apply succeeded",
  ],
  [
    "Terraform failed after its main command",
    ended(1),
    [run("apply", OK), run("output", { exitCode: 1 })],
    "terraform output ended with exit code 1; cdktf ended with exit code 1",
  ],
])("a deploy failed when %s", (_, exit, runs, failure) => {
  expect(explainFailure("deploy", exit, runs)).toBe(failure);
});
