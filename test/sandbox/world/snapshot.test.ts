import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { SnapshotFile } from "../../../sandbox/world/snapshot-file";
import { temporaryDirectory } from "../../support/temporary-directory";
import { planned } from "./support/planned";
import { Platform } from "./support/platform";
import { Terraform } from "./support/terraform";

let directory: string;
let file: string;

beforeEach(() => {
  directory = temporaryDirectory();
  file = join(directory, "world.json");
});

test("a world that is started again goes on where the other ended", async () => {
  const before = await Platform.create(new Terraform("seed", new SnapshotFile(file)));
  const administrator = await before.administrator();
  const streams = await before.streams(administrator);
  await before.tables(streams, "orders");
  const flink = await before.flink(administrator);
  const statement = await before.terraform.create(
    "flink_statement",
    planned.statement("look", "SELECT * FROM orders"),
    flink,
  );
  before.terraform.world.advanceClock(60);

  const after = new Terraform("seed", new SnapshotFile(file));
  expect(after.world.inventory()).toEqual(before.terraform.world.inventory());
  // Two minutes for a Kafka key, one in which nothing happened, and a statement that has just been made.
  expect(after.world.time).toBe("2026-01-01T00:03:00Z");
  expect(await after.read("flink_statement", statement, flink)).toEqual(statement);
  const twin = await after.create("environment", planned.environment());
  expect(twin["id"]).not.toBe(before.ids.environment);
});

test("the file is complete before Terraform has its answer", async () => {
  const terraform = new Terraform("seed", new SnapshotFile(file));
  const account = await terraform.create("service_account", planned.serviceAccount("a"));
  const resumed = new Terraform("seed", new SnapshotFile(file));

  expect(await resumed.read("service_account", account)).toEqual(account);
});

test("it is its owner's alone, and no half-written file stays beside it", async () => {
  const terraform = new Terraform("seed", new SnapshotFile(file));
  await terraform.create("service_account", planned.serviceAccount("a"));

  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory)).toEqual(["world.json"]);
});

test("a call that changes nothing writes nothing", async () => {
  const terraform = new Terraform("seed", new SnapshotFile(file));
  await terraform.readData("flink_region", { cloud: "AWS", region: "us-east-1" });

  expect(readdirSync(directory)).toEqual([]);
});

test("fails for a snapshot of another seed", async () => {
  const terraform = new Terraform("one", new SnapshotFile(file));
  await terraform.create("service_account", planned.serviceAccount("a"));

  expect(() => new Terraform("two", new SnapshotFile(file))).toThrow(
    'the snapshot has version 3 and seed "one", expected version 3 and seed "two": use that seed or remove the file',
  );
});

test("fails for a file that is no snapshot, and says what to do", () => {
  writeFileSync(file, "{");

  expect(() => new Terraform("seed", new SnapshotFile(file))).toThrow(
    `${file} must hold a snapshot of the world; remove it to start anew`,
  );
});

test("two worlds that were asked the same in another order have equal snapshots", async () => {
  const ask = async (names: readonly string[], target: string): Promise<unknown> => {
    const snapshotFile = new SnapshotFile(target);
    const terraform = new Terraform("seed", snapshotFile);
    for (const name of names) {
      await terraform.create("service_account", planned.serviceAccount(name));
    }
    return snapshotFile.load();
  };

  expect(await ask(["a", "b", "c"], file)).toEqual(
    await ask(["c", "a", "b"], join(directory, "2")),
  );
});
