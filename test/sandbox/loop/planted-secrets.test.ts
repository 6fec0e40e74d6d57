import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { StackPlan } from "../../../delivery/plan";
import { PlantedSecrets } from "../../../sandbox/loop/planted-secrets";
import { RunDirectory } from "../../../sandbox/run/directories";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

const SECRET = "planted-secret-of-a-key";
const OWNER = "lakehouse-sandbox-streaming-credentials";

function newRun(files: Readonly<Record<string, string>> = {}): RunDirectory {
  const run = new RunDirectory(temporaryDirectory()).create();
  writeFiles(run.path, {
    [`state/${OWNER}.tfstate`]: JSON.stringify({
      resources: [
        { type: "confluent_service_account", instances: [{ attributes: { secret: "no-key" } }] },
        { type: "confluent_api_key", instances: [{ attributes: { id: "KEY", secret: SECRET } }] },
      ],
    }),
    ...files,
  });
  return run;
}

function collected(run: RunDirectory): PlantedSecrets {
  const secrets = new PlantedSecrets();
  secrets.collect(run, OWNER);
  return secrets;
}

function planOf(name: string, json: unknown): StackPlan {
  const stack = { name, shortName: name.replace("lakehouse-sandbox-", "") } as StackPlan["stack"];
  return { stack, json } as StackPlan;
}

test("a secret may be in the state that owns it, in that state's backup and in the world", () => {
  const run = newRun({
    [`state/${OWNER}.tfstate.backup`]: SECRET,
    "world.json": SECRET,
    "logs/1-plan.log": "nothing",
  });
  const secrets = collected(run);

  secrets.lookInFiles(run);
  secrets.lookInPlan(planOf(OWNER, { secret: SECRET }));

  expect(secrets.counts).toEqual({ planted: 1, found: 0 });
});

test.each([
  "cdktf.out/stacks/event-streams/cdk.tf.json",
  "state/lakehouse-sandbox-event-streams.tfstate",
  "logs/deploy.log",
  "journal.ndjson",
])("T-22, P-05: a secret in %s is found", (file) => {
  const run = newRun({ [file]: `before ${SECRET} after` });
  const secrets = collected(run);

  secrets.lookInFiles(run);

  expect(secrets.places).toEqual([file]);
});

test("a secret in another stack's plan is found", () => {
  const secrets = collected(newRun());

  secrets.lookInPlan(planOf("lakehouse-sandbox-event-streams", { prior_state: { key: SECRET } }));

  expect(secrets.places).toEqual(["the plan of event-streams"]);
});

test("a key that was rotated away is still looked for, and programs are not searched", () => {
  const run = newRun({ "cdktf.out/stacks/a/.terraform/provider": SECRET, "logs/late.log": SECRET });
  const secrets = collected(run);
  writeFiles(run.path, { [`state/${OWNER}.tfstate`]: JSON.stringify({ resources: [] }) });
  secrets.collect(run, OWNER);
  mkdirSync(join(run.path, "empty"));

  secrets.lookInFiles(run);

  expect(secrets.places).toEqual(["logs/late.log"]);
});
