import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { WORLD_VARIABLE } from "../../sandbox/provider/confluent/provider-block";
import { confluent } from "../../sandbox/provider/confluent/vendor";
import { Journal } from "../../sandbox/world/journal";
import { WorldServer } from "../../sandbox/world/server";
import { World } from "../../sandbox/world/world";
import { reattachedProvider } from "../sandbox/provider/support/reattached-provider";
import { terraform, terraformOk } from "../sandbox/provider/support/terraform";
import { temporaryDirectory } from "../support/temporary-directory";

/** Writes a module and returns its folder. */
function moduleOf(configuration: object): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify(configuration));
  return directory;
}

const apply = ["apply", "-auto-approve", "-input=false", "-no-color"];
/** Exit code 0: nothing to do. 2: changes. */
const plan = ["plan", "-detailed-exitcode", "-input=false", "-no-color"];

it("A-R1: a rotation by timestamp() is proposed at every plan", async () => {
  const directory = moduleOf({
    resource: {
      terraform_data: { period: { triggers_replace: '${timeadd(timestamp(), "720h")}' } },
    },
  });
  await terraformOk(apply, directory);
  expect((await terraform(plan, directory)).exitCode).toBe(2);
  await terraformOk(apply, directory);
  expect((await terraform(plan, directory)).exitCode).toBe(2);
});

it("A-R9: to count periods since a date stops at the 1,024th", async () => {
  const directory = moduleOf({ output: { periods: { value: "${length(range(1025))}" } } });
  const run = await terraform(plan, directory);
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("more than 1024 values were generated");
});

it("A-R1: a rotation by replace_triggered_by is not proposed again once the new key was refused", async () => {
  const journal = new Journal(join(temporaryDirectory(), "journal.ndjson"));
  const world = new World({ seed: "wrong", journal });
  const server = new WorldServer({ world, journal, nonce: "wrong", port: 0 });
  const provider = await reattachedProvider(confluent, { [WORLD_VARIABLE]: await server.listen() });
  const directory = moduleOf({
    terraform: { required_providers: { confluent: { source: "confluentinc/confluent" } } },
    provider: { confluent: { cloud_api_key: "key", cloud_api_secret: "secret" } },
    variable: { period: { type: "number" } },
    resource: {
      terraform_data: { period: { input: "${var.period}" } },
      confluent_service_account: { owner: { display_name: "owner" } },
      confluent_api_key: {
        key: {
          display_name: "key",
          owner: {
            id: "${confluent_service_account.owner.id}",
            api_version: "iam/v2",
            kind: "ServiceAccount",
          },
          lifecycle: {
            create_before_destroy: true,
            replace_triggered_by: ["terraform_data.period"],
          },
        },
      },
    },
  });
  const run = (command: readonly string[], period: number) =>
    terraform([...command, `-var=period=${period}`], directory, provider.environment);
  try {
    expect(await run(apply, 1)).toMatchObject({ exitCode: 0 });
    const first = world.inventory();
    world.faults.add({
      match: { operation: "create", type: "confluent_api_key" },
      mode: "refuse",
      times: 1,
      milliseconds: 0,
    });

    expect(await run(apply, 2)).toMatchObject({ exitCode: 1 });
    expect(await run(plan, 2)).toMatchObject({ exitCode: 0 });
    expect(world.inventory()).toEqual(first);
  } finally {
    provider.close();
    await server.close();
  }
}, 60_000);
