import { join } from "node:path";

import { recordTerraformRun, type TerraformRun } from "../../../delivery/terraform-record";
import { RunDirectory } from "../../../sandbox/run/directories";
import { waitForEarlierTerraform } from "../../../sandbox/by-hand/earlier-commands";
import { temporaryDirectory } from "../../support/temporary-directory";
import { endedProgram, endProgramsAfterwards, startProgram, STAY } from "../support/programs";

endProgramsAfterwards();

/** Waits for the Terraform that a record names; whether it had to. */
async function hadToWaitFor(run: Omit<TerraformRun, "id" | "command">): Promise<boolean> {
  const directory = new RunDirectory(temporaryDirectory()).create();
  const file = join(directory.logs, "01-deploy-a.terraform.ndjson");
  recordTerraformRun(file, { id: "1", command: "apply", ...run });
  let waited = false;
  await waitForEarlierTerraform(directory, () => {
    waited = true;
  });
  return waited;
}

test("a Terraform that ends by itself is waited for", async () => {
  const supervisor = await endedProgram();
  const process = await startProgram("setTimeout(() => {}, 700)");

  expect(await hadToWaitFor({ supervisor, process })).toBe(true);
});

test("a supervisor that has not started Terraform yet is waited for", async () => {
  expect(await hadToWaitFor({ supervisor: await startProgram("setTimeout(() => {}, 700)") })).toBe(
    true,
  );
});

test("a Terraform that was cut off, and one that has ended, are not", async () => {
  const ended = await endedProgram();
  const running = await startProgram(STAY);

  expect(await hadToWaitFor({ supervisor: ended, process: ended })).toBe(false);
  expect(
    await hadToWaitFor({ supervisor: running, process: running, outcome: { exitCode: 0 } }),
  ).toBe(false);
});
