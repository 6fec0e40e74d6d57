import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { confluent } from "../../../sandbox/provider/confluent/vendor";
import { Journal } from "../../../sandbox/world/journal";
import { WorldServer } from "../../../sandbox/world/server";
import { World } from "../../../sandbox/world/world";
import { temporaryDirectory } from "../../support/temporary-directory";
import { dataFlow, type DataFlowChange } from "./support/data-flow";
import { reattachedProvider, type ReattachedProvider } from "./support/reattached-provider";
import { terraform, type TerraformRun } from "./support/terraform";

const TIME_LIMIT_MS = 120_000;

interface Instance {
  readonly attributes: unknown;
}

describe("the real Terraform with a connector and a materialized table", () => {
  let directory: string;
  let world: World;
  let server: WorldServer;
  let url: string;
  let provider: ReattachedProvider;

  beforeEach(async () => {
    directory = temporaryDirectory();
    const journal = new Journal(join(directory, "journal.ndjson"));
    world = new World({ seed: "flow", journal });
    server = new WorldServer({ world, journal, nonce: "flow", port: 0 });
    url = await server.listen();
    provider = await reattachedProvider(confluent);
  });

  afterEach(async () => {
    provider.close();
    await server.close();
  });

  function run(...args: readonly string[]): Promise<TerraformRun> {
    return terraform([...args, "-no-color"], directory, provider.environment);
  }

  function apply(change?: DataFlowChange): Promise<TerraformRun> {
    const configuration = JSON.stringify(dataFlow(url, change));
    writeFileSync(join(directory, "main.tf.json"), configuration);
    return run("apply", "-auto-approve");
  }

  function found(type: string): unknown {
    return world.inventory().find((item) => item.type === type);
  }

  it(
    "applies, plans again without changes, changes both in place, and is destroyed",
    async () => {
      expect(await apply()).toMatchObject({ exitCode: 0, stderr: "" });
      expect(found("confluent_connector")).toMatchObject({ status: "RUNNING" });
      expect(found("confluent_flink_materialized_table")).toMatchObject({
        columns: "symbol,total",
      });
      // The longest wait is the connector's.
      expect(world.time).toBe("2026-01-01T00:03:05Z");
      expect(await run("plan", "-detailed-exitcode")).toMatchObject({ exitCode: 0 });

      const query = "SELECT `symbol`,\n  quantity * price AS total\nFROM stock_trades";
      writeFileSync(join(directory, "main.tf.json"), JSON.stringify(dataFlow(url, { query })));
      expect(await run("plan", "-detailed-exitcode")).toMatchObject({ exitCode: 0 });

      const change = {
        query: "SELECT symbol, quantity * price AS total, side FROM stock_trades",
        connectorStatus: "PAUSED",
      };
      expect(await apply(change)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining("0 added, 2 changed, 0 destroyed"),
      });
      expect(found("confluent_connector")).toMatchObject({ status: "PAUSED" });
      expect(found("confluent_flink_materialized_table")).toMatchObject({
        columns: "symbol,total,side",
      });
      expect(await run("plan", "-detailed-exitcode")).toMatchObject({ exitCode: 0 });

      expect(await run("destroy", "-auto-approve")).toMatchObject({ exitCode: 0 });
      expect(world.inventory()).toEqual([]);
    },
    TIME_LIMIT_MS,
  );

  it(
    "what has gone behind Terraform's back is planned anew",
    async () => {
      expect(await apply()).toMatchObject({ exitCode: 0 });
      const [environment, cluster] = ["confluent_environment", "confluent_kafka_cluster"].map(
        (type) => world.inventory().find((item) => item.type === type)?.id,
      );
      await world.call("delete", {
        provider: "confluent",
        type: "confluent_connector",
        configuration: { cloud_api_key: "key", cloud_api_secret: "secret" },
        prior: {
          environment: [{ id: environment }],
          kafka_cluster: [{ id: cluster }],
          config_nonsensitive: { name: "trades" },
        },
      });
      expect(found("confluent_connector")).toBeUndefined();

      expect(await apply()).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining("1 added, 0 changed, 0 destroyed"),
      });
      expect(found("confluent_connector")).toMatchObject({ status: "RUNNING" });
    },
    TIME_LIMIT_MS,
  );

  it(
    "two runs have the same states, although their calls come in another order",
    async () => {
      const states = async (parallelism: number): Promise<unknown> => {
        const own = new World({
          seed: "same",
          journal: new Journal(join(temporaryDirectory(), "journal.ndjson")),
        });
        const ownServer = new WorldServer({
          world: own,
          journal: new Journal(join(temporaryDirectory(), "journal.ndjson")),
          nonce: "same",
          port: 0,
        });
        directory = temporaryDirectory();
        const configuration = dataFlow(await ownServer.listen());
        writeFileSync(join(directory, "main.tf.json"), JSON.stringify(configuration));
        try {
          expect(await run("apply", "-auto-approve", `-parallelism=${parallelism}`)).toMatchObject({
            exitCode: 0,
          });
        } finally {
          await ownServer.close();
        }
        const state = readFileSync(join(directory, "terraform.tfstate"), "utf8");
        const { resources } = JSON.parse(state) as {
          resources: readonly { type: string; name: string; instances: readonly Instance[] }[];
        };
        // Without the list of what is sensitive, which Terraform writes in whatever order.
        const attributes = resources.map(({ type, name, instances }) => [
          `${type}.${name}`,
          instances.map((instance) => instance.attributes),
        ]);
        return { attributes, time: own.time };
      };

      expect(await states(1)).toEqual(await states(20));
    },
    TIME_LIMIT_MS,
  );

  it(
    "fails for a role binding that was not waited for, and succeeds when time has passed",
    async () => {
      const change = { readBinding: { disable_wait_for_ready: true } };
      const tooEarly = await apply(change);

      expect(tooEarly.exitCode).toBe(1);
      expect(tooEarly.stderr.replaceAll(/[│\s]+/g, " ")).toMatch(
        /provisioning status is "FAILED": Table 'stock_trades' cannot be read: sa-\w+ may not Read \S+topic=stock_trades yet;/,
      );
      world.advanceClock(60);
      expect(await apply(change)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining("1 added, 0 changed, 1 destroyed"),
      });
      expect(found("confluent_flink_materialized_table")).toMatchObject({ phase: "RUNNING" });
    },
    TIME_LIMIT_MS,
  );
});
