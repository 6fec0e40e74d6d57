import { readFileSync } from "node:fs";
import { join } from "node:path";

import { SnapshotFile } from "../../../../../sandbox/world/snapshot-file";
import { text } from "../../../../../sandbox/world/values";
import { temporaryDirectory } from "../../../../support/temporary-directory";
import { basic, copy, Gateway, gateway } from "../../support/gateway";
import { orderSchema } from "../../support/planned";
import { Terraform } from "../../support/terraform";

test("every call is in the journal, whatever became of it", async () => {
  const { gateway: flink, platform } = await gateway();
  const { journalFile } = platform.terraform;
  const before = readFileSync(journalFile, "utf8").length;
  await flink.submit("copy-1");
  await flink.refusal("GET", "/absent");
  await flink.refusal("GET", "/sql/v1/nothing");
  flink.fault({ match: { operation: "flink.get" }, mode: "drop" });
  await flink.send("GET", "/copy-1");
  await flink.refusal("POST", "", "no json");
  const lines = readFileSync(journalFile, "utf8").slice(before).trimEnd().split("\n");
  const type = "confluent_flink_statement";

  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({
      operation: "flink.create",
      type,
      name: "copy-1",
      outcome: "ok",
      milliseconds: expect.any(Number),
      request: { method: "POST", url: flink.collection, body: flink.statement("copy-1") },
      response: { status: 201, body: expect.objectContaining({ name: "copy-1" }) },
    }),
    expect.objectContaining({ operation: "flink.get", name: "absent", outcome: "error" }),
    expect.objectContaining({
      operation: "flink",
      name: "",
      outcome: "error",
      request: { method: "GET", url: "/sql/v1/nothing", body: "" },
    }),
    expect.objectContaining({
      operation: "flink.get",
      name: "copy-1",
      outcome: "error",
      fault: "drop",
      response: null,
    }),
    expect.objectContaining({
      operation: "flink.create",
      name: "",
      request: { method: "POST", url: flink.collection, body: "no json" },
    }),
  ]);
});

test("the journal holds no secret of a call", async () => {
  const { gateway: flink, platform, flink: provider } = await gateway();
  const secret = text(provider, "flink_api_secret");
  await flink.submit("leaky", `${copy} -- ${secret}`, {
    properties: { "sql.secrets.openai": "hush-1" },
  });
  await flink.refusal("POST", "", secret);
  await flink.refusal("GET", `?label_selector=${encodeURIComponent(`a b${secret}`)}`);
  await flink.refusal("GET", "", undefined, basic("KEY", "hush-2"));
  const journal = readFileSync(platform.terraform.journalFile, "utf8");

  for (const hidden of [
    secret,
    flink.authorization,
    "Basic ",
    "hush-",
    encodeURIComponent(secret),
  ]) {
    expect(journal).not.toContain(hidden);
  }
  expect(journal).toContain('"name":"leaky"');
});

test("a world that is started again goes on with what its statements wait for", async () => {
  const file = join(temporaryDirectory(), "world.json");
  const before = new Terraform("seed", new SnapshotFile(file));
  before.world.flink.change({ pendingReads: 3 });
  const access = before.world.createCatalog({
    region: "us-east-1",
    catalog: "streaming",
    database: "main",
    tables: ["orders", "big_orders"].map((name) => ({
      name,
      valueSchema: { format: "AVRO", text: orderSchema },
    })),
  });
  const caller = ({ world }: Terraform): Gateway =>
    new Gateway(
      world,
      access.organizationId,
      access.environmentId,
      access.computePoolId,
      access.apiKey,
      access.apiSecret,
    );
  const labels = { "user.confluent.io/app": "true" };
  caller(before).fault({ match: { operation: "flink.statement" }, mode: "fails" });
  await caller(before).submit("copy-1", copy, { labels });
  await caller(before).phases("copy-1", 1);
  const after = caller(new Terraform("seed", new SnapshotFile(file)));

  expect(after.world.statements()).toEqual(before.world.statements());
  expect(await after.phases("copy-1", 4)).toEqual(["PENDING", "PENDING", "RUNNING", "FAILED"]);
  expect(await after.names("?label_selector=user.confluent.io/app=true")).toEqual(["copy-1"]);
});

test("lists, results and exceptions write no snapshot", async () => {
  const file = join(temporaryDirectory(), "world.json");
  const snapshotFile = new SnapshotFile(file);
  const { world } = new Terraform("seed", snapshotFile);
  const access = world.createCatalog({ region: "us-east-1", catalog: "a", database: "b" });
  const { organizationId, environmentId, computePoolId, apiKey, apiSecret } = access;
  const flink = new Gateway(world, organizationId, environmentId, computePoolId, apiKey, apiSecret);
  await flink.submit("copy-1", copy);
  const save = jest.spyOn(snapshotFile, "save");
  await flink.names();
  await flink.expect(200, "GET", "/copy-1/results");
  await flink.expect(200, "GET", "/copy-1/exceptions");
  expect(save).not.toHaveBeenCalled();
  await flink.get("copy-1");

  expect(save).toHaveBeenCalledTimes(1);
});
