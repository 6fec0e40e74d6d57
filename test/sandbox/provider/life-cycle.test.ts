import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Journal } from "../../../sandbox/world/journal";
import { WorldServer } from "../../../sandbox/world/server";
import { World } from "../../../sandbox/world/world";
import { temporaryDirectory } from "../../support/temporary-directory";
import { installedProviders } from "./support/installed-providers";
import { largePlatform } from "./support/large-platform";
import { terraform, terraformOk } from "./support/terraform";

const directory = temporaryDirectory();

it("500 resources over six levels of dependency apply, plan again without changes, and are destroyed", async () => {
  const journal = new Journal(join(directory, "journal.ndjson"));
  const world = new World({ seed: "large", journal });
  const server = new WorldServer({ world, journal, nonce: "large", port: 0 });
  const url = await server.listen();
  try {
    const environment = installedProviders(directory);
    const run = (...args: string[]) => terraformOk(args, directory, environment);
    const configuration = largePlatform(url, { tables: 135, statements: 20 });
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(configuration));
    await run("init", "-no-color");

    expect(await run("apply", "-auto-approve", "-no-color")).toContain(
      "Apply complete! Resources: 500 added, 0 changed, 0 destroyed.",
    );
    // One more: the environment's Schema Registry, which nobody creates.
    expect(world.inventory()).toHaveLength(501);

    const plan = await terraform(
      ["plan", "-detailed-exitcode", "-no-color"],
      directory,
      environment,
    );
    expect(plan).toMatchObject({ exitCode: 0 });

    expect(await run("destroy", "-auto-approve", "-no-color")).toContain(
      "Destroy complete! Resources: 500 destroyed.",
    );
    expect(world.inventory()).toEqual([]);
  } finally {
    await server.close();
  }
}, 300_000);
