import { join } from "node:path";

import { WorldClient } from "../../../sandbox/services/world-client";
import { Journal } from "../../../sandbox/world/journal";
import { WorldServer, type FlinkAddress } from "../../../sandbox/world/server";
import { temporaryDirectory } from "../../support/temporary-directory";
import { gateway, type Gateway } from "../world/support/gateway";

const address = { url: "https://127.0.0.1:1", caFile: "/ca.pem" };

let server: WorldServer;
let flink: Gateway;

async function start(at?: FlinkAddress): Promise<WorldClient> {
  const journal = new Journal(join(temporaryDirectory(), "journal.ndjson"));
  ({ gateway: flink } = await gateway());
  server = new WorldServer({ world: flink.world, journal, nonce: "n", port: 0, flink: at });
  return new WorldClient(await server.listen());
}

afterEach(() => server.close());

test("it tells where Flink's REST API is", async () => {
  const client = await start(address);

  expect(await client.flink()).toEqual(address);
});

test("it fails where there is none", async () => {
  const client = await start();

  await expect(client.flink()).rejects.toThrow(
    `${client.url}: the world does not tell where Flink's REST API is`,
  );
});

test("it lists the statements, changes settings, and adds and clears faults", async () => {
  const client = await start(address);
  await client.flinkSettings({ pendingReads: 0 });
  await client.addFault({
    match: { operation: "flink.statement", name: "copy-*" },
    mode: "fails",
    reads: 0,
    times: 2,
  });
  const labels = { "user.confluent.io/app": "true" };
  await flink.submit("copy-1", undefined, { labels });
  await client.clearFaults();
  await flink.submit("copy-2");

  expect(await client.statements()).toEqual([
    {
      name: "copy-1",
      phase: "FAILED",
      detail: "The sandbox was told to let this statement fail.",
      labels,
    },
    { name: "copy-2", phase: "RUNNING", detail: "", labels: {} },
  ]);
});

test("what the world refuses it says", async () => {
  const client = await start(address);

  await expect(client.flinkSettings({ speed: 11 })).rejects.toThrow(
    /HTTP 400: \{"error":"unknown setting \\"speed\\"/,
  );
});
