import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import { TerraformStack } from "cdktf";

import type { FlinkAccess } from "../../constructs/confluent/flink-access";
import { Evolution } from "../../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../../constructs/confluent/flink-statement";
import { WORLD_VARIABLE } from "../../sandbox/provider/confluent/provider-block";
import { confluent } from "../../sandbox/provider/confluent/vendor";
import { Journal } from "../../sandbox/world/journal";
import { WorldServer } from "../../sandbox/world/server";
import { text, type TerraformObject } from "../../sandbox/world/values";
import { installedProviders } from "../sandbox/provider/support/installed-providers";
import { terraform, terraformOk } from "../sandbox/provider/support/terraform";
import { planned } from "../sandbox/world/support/planned";
import { Platform } from "../sandbox/world/support/platform";
import { newApp, synthApp } from "../support/synth";
import { temporaryDirectory } from "../support/temporary-directory";

jest.setTimeout(120_000);

const SQL = "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders";
const TABLES = [{ name: "orders" }, { name: "big_orders" }];

/** Who runs where. */
interface Runner {
  readonly name: string;
  readonly principalId: string;
  readonly poolId: string;
}

let platform: Platform;
let server: WorldServer;
let key: TerraformObject;
let flights: Runner;
let stocks: Runner;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  platform = await Platform.create();
  const administrator = await platform.administrator();
  await platform.tables(await platform.streams(administrator), "orders", "big_orders");
  key = await platform.key(administrator, "region");
  flights = { name: "flights", principalId: await runner("flights"), poolId: platform.ids.pool };
  const pool = await platform.terraform.create("flink_compute_pool", {
    ...planned.computePool(platform.ids.environment),
    display_name: "second",
  });
  stocks = { name: "stocks", principalId: await runner("stocks"), poolId: text(pool, "id") };
  const organization = text(platform.organization, "resource_name");
  for (const { principalId } of [flights, stocks]) {
    const crn = `${organization}/service-account=${principalId}`;
    await platform.grant(administrator, "Assigner", crn);
  }
  const { world, journalFile } = platform.terraform;
  // What Terraform's provider has waited for by now has happened.
  world.advanceClock(120);
  server = new WorldServer({ world, journal: new Journal(journalFile), nonce: "two", port: 0 });
  const url = await server.listen();
  environment = { ...installedProviders(temporaryDirectory()), [WORLD_VARIABLE]: url };
});

afterAll(() => server.close());

async function runner(name: string): Promise<string> {
  const principalId = await platform.account(name);
  const transactions = platform.topicCrn("_confluent-flink_*", "transactional-id");
  for (const role of ["DeveloperRead", "DeveloperWrite"]) {
    await platform.grant(principalId, role, transactions);
    await platform.grant(principalId, role, platform.topicCrn("*"));
  }
  await platform.grant(principalId, "DeveloperRead", platform.subjectCrn("*"));
  return principalId;
}

function flinkArguments({ principalId, poolId }: Runner) {
  return {
    cloudApiKey: "sandbox",
    cloudApiSecret: "sandbox",
    organizationId: platform.ids.organization,
    environmentId: platform.ids.environment,
    flinkComputePoolId: poolId,
    flinkPrincipalId: principalId,
    flinkRestEndpoint: "https://flink.us-east-1.aws.confluent.cloud",
    flinkApiKey: text(key, "id"),
    flinkApiSecret: text(key, "secret"),
  };
}

/** A folder that Terraform can work in. */
async function folder(configuration: object): Promise<string> {
  const directory = temporaryDirectory();
  write(directory, configuration);
  await terraformOk(["init", "-no-color"], directory, environment);
  return directory;
}

function write(directory: string, configuration: object): void {
  const terraformBlock = { required_providers: { confluent: { source: confluent.source } } };
  const document = { ...configuration, terraform: terraformBlock };
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify(document));
}

/** One statement a runner, as the constructs declare them: each takes its alias. */
function withConstructs(runners: readonly Runner[]): object {
  const pipeline = join(temporaryDirectory(), "pipeline");
  mkdirSync(pipeline);
  writeFileSync(join(pipeline, "v1.sql"), SQL);
  const app = newApp();
  const stack = new TerraformStack(app, "two");
  const none = (): [] => [];
  for (const one of runners) {
    const access: FlinkAccess = {
      provider: new ConfluentProvider(stack, `Flink-${one.name}`, {
        alias: `flink-${one.name}`,
        ...flinkArguments(one),
      }),
      principalName: one.principalId,
      poolName: one.poolId,
      grantRead: none,
      grantWrite: none,
      grantOwn: none,
    };
    new FlinkStatement(stack, `Copy-${one.name}`, {
      access,
      statementName: `copy-${one.name}`,
      directory: pipeline,
      catalog: "streaming",
      database: "main",
      tables: TABLES,
      evolution: Evolution.recreate({ state: "discarded", reads: "latest" }),
    });
  }
  return synthApp(app).stacks["two"] ?? {};
}

/** The wrong form: credentials in the provider block, and principal and pool on the resource. */
function onTheResource(block: Runner, resource: Runner): object {
  const arguments_ = Object.entries(flinkArguments(block)).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return {
    provider: { confluent: Object.fromEntries(arguments_) as object },
    resource: {
      confluent_flink_statement: {
        wrong: {
          statement_name: "wrong-form",
          statement: SQL,
          properties: { "sql.current-catalog": "streaming", "sql.current-database": "main" },
          principal: { id: resource.principalId },
          compute_pool: { id: resource.poolId },
        },
      },
    },
  };
}

/** Who runs a statement, and where, by the world's own record. */
function recorded(name: RegExp): object | undefined {
  const found = platform.terraform.world
    .inventory()
    .filter((object) => object.type === "confluent_flink_statement")
    .filter((object) => name.test(object.name));
  expect(found).toHaveLength(1);
  const [statement] = found;
  return statement && { principalId: statement["principalId"], poolId: statement["computePoolId"] };
}

function whoAndWhere({ principalId, poolId }: Runner): object {
  return { principalId, poolId };
}

test("two principals and two pools in one stack: the world runs each statement as its construct says", async () => {
  const directory = await folder(withConstructs([flights, stocks]));
  await terraformOk(["apply", "-auto-approve", "-no-color"], directory, environment);

  expect(recorded(/^copy-flights-/)).toEqual(whoAndWhere(flights));
  expect(recorded(/^copy-stocks-/)).toEqual(whoAndWhere(stocks));

  // The pool of one changes: its name does, so it is replaced.
  const moved = { ...flights, poolId: stocks.poolId };
  write(directory, withConstructs([moved, stocks]));
  const output = await terraformOk(["apply", "-auto-approve", "-no-color"], directory, environment);
  expect(output).toContain("Resources: 1 added, 0 changed, 1 destroyed.");
  expect(recorded(/^copy-flights-/)).toEqual(whoAndWhere(moved));

  await terraformOk(["destroy", "-auto-approve", "-no-color"], directory, environment);
});

test("the wrong form lies: principal and pool on the resource are in the state, and others run the statement", async () => {
  const directory = await folder(onTheResource(flights, stocks));
  await terraformOk(["apply", "-auto-approve", "-no-color"], directory, environment);

  const state = JSON.parse(readFileSync(join(directory, "terraform.tfstate"), "utf8")) as {
    resources: { instances: { attributes: Record<string, { id: string }[]> }[] }[];
  };
  const attributes = state.resources[0]?.instances[0]?.attributes ?? {};
  expect(attributes["principal"]).toEqual([{ id: stocks.principalId }]);
  expect(attributes["compute_pool"]).toEqual([{ id: stocks.poolId }]);
  expect(recorded(/^wrong-form$/)).toEqual(whoAndWhere(flights));

  const plan = ["plan", "-detailed-exitcode", "-no-color"];
  expect(await terraform(plan, directory, environment)).toMatchObject({ exitCode: 0 });

  // Another pool in the provider block: nothing is planned, and the statement stays where it is.
  write(directory, onTheResource({ ...flights, poolId: stocks.poolId }, stocks));
  expect(await terraform(plan, directory, environment)).toMatchObject({ exitCode: 0 });
  expect(recorded(/^wrong-form$/)).toEqual(whoAndWhere(flights));
});
