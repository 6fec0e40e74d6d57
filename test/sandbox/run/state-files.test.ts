import { RunDirectory } from "../../../sandbox/run/directories";
import { readStateFile, resourcesInStateFile } from "../../../sandbox/run/state-files";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

/** A run with this text in the state of the stack `a`. */
function runWith(text: string): RunDirectory {
  const run = new RunDirectory(temporaryDirectory());
  writeFiles(run.path, { "state/a.tfstate": text });
  return run;
}

test("a stack's managed resources are listed", () => {
  const resources = [
    { mode: "managed", type: "aws_ssm_parameter", name: "settings", instances: [{}] },
    { mode: "data", type: "confluent_organization", name: "this", instances: [{}] },
  ];

  expect(resourcesInStateFile(runWith(JSON.stringify({ resources })), "a")).toEqual([
    "aws_ssm_parameter.settings",
  ]);
});

test("a stack that was never deployed has none, nor one whose state Terraform has only locked", () => {
  expect(resourcesInStateFile(new RunDirectory(temporaryDirectory()), "a")).toEqual([]);
  expect(resourcesInStateFile(runWith(""), "a")).toEqual([]);
  expect(readStateFile(runWith("").stateFile("a"))).toBeUndefined();
});

test("a damaged state is an error, not an empty one", () => {
  expect(() => resourcesInStateFile(runWith(`{"resources": [`), "a")).toThrow(SyntaxError);
  expect(() => resourcesInStateFile(runWith("{}"), "a")).toThrow(
    "not a Terraform state: it lists no resources",
  );
});
