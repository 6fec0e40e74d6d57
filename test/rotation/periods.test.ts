import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Client, readSecret, services } from "./support/client";
import { startClouds, type Clouds } from "./support/clouds";
import { credentialsKeeping, deployPlatform, type Deployment } from "./support/credentials";
import { generations, keyCalls, livingKeys, livingNames } from "./support/keys";

const PERIODS = 24;
const PERIOD_SECONDS = 30 * 86_400;
const NOTHING = { add: 0, change: 0, remove: 0 };

let clouds: Clouds;
let deployment: Deployment;
let clients: readonly Client[];
/** The newest generation. The first deployment makes two. */
let generation = 2;

/** Lets time pass; what is deployed now is planned with the time that it is then. */
const wait = (seconds: number): { rotation_clock: string } => ({
  rotation_clock: clouds.world.advanceClock(seconds),
});

const call = (): Promise<string[]> => Promise.all(clients.map((client) => client.call()));
const answered = services.map(() => "answered");
const refused = services.map(() => "refused: 401");

beforeAll(async () => {
  clouds = await startClouds();
  deployment = await deployPlatform(clouds);
}, 300_000);

afterAll(() => clouds.stop());

it("the first deployment makes as many keys as live at a time, and hands out the newest", async () => {
  await deployment.credentials.apply(wait(0));
  expect(livingNames(clouds)).toEqual(generations(1, 2));

  clients = await Promise.all(
    services.map((service) => Client.started(service, clouds, deployment.endpoints)),
  );
  expect(await call()).toEqual(answered);
  expect(await deployment.credentials.plan(wait(PERIOD_SECONDS - 86_400))).toEqual(NOTHING);
  wait(86_400);
}, 300_000);

describe(`${PERIODS} periods`, () => {
  let formerKeys = (): Promise<string[]> => Promise.resolve(refused);

  it.each(Array.from({ length: PERIODS }, (_, index) => index + 1))(
    "A-R1, A-R2, A-R3: period %d makes one key and ends one, the previous one works, a second plan is empty",
    async () => {
      const { credentials } = deployment;
      const now = wait(0);
      const held = clients.map((client) => client.callWithThisKey());

      const calls = await keyCalls(clouds, () => credentials.apply(now));
      generation += 1;
      expect(calls).toEqual({
        created: generations(generation),
        destroyed: generations(generation - 2),
      });
      expect(await credentials.plan(now)).toEqual(NOTHING);

      // Before the clients read again they hold the previous key; the one before that is dead.
      expect(await call()).toEqual(answered);
      expect(await formerKeys()).toEqual(refused);
      await Promise.all(clients.map((client) => client.reread()));
      expect(await call()).toEqual(answered);

      formerKeys = () => Promise.all(held.map((callAgain) => callAgain()));
      wait(PERIOD_SECONDS);
    },
    300_000,
  );

  it("A-R2: every secret holds the newest key", async () => {
    const newest = livingKeys(clouds).filter(({ name }) => name.endsWith(`-${generation}`));
    const id = (name: string): string | undefined =>
      newest.find((key) => key.name === `${name}-${generation}`)?.id;

    expect(await readSecret(clouds, "terraform/streams")).toMatchObject({
      "kafka.api.key": id("streams-manager-kafka"),
      "schema.registry.api.key": id("streams-manager-schema-registry"),
    });
    for (const principal of ["flight-consolidator", "flyer-stats", "stock-analytics"]) {
      expect(await readSecret(clouds, `terraform/${principal}`)).toMatchObject({
        "flink.api.key": id("flink-deployer-flink"),
      });
    }
    expect(await readSecret(clouds, "tableflow")).toMatchObject({
      "tableflow.api.key": id("tableflow-manager-tableflow"),
    });
    for (const identity of ["producer", "consumer"]) {
      const python = await readSecret(clouds, `kafka_cluster/app_${identity}/python_client`);
      expect(python["sasl.username"]).toBe(id(`app-${identity}-kafka`));
      expect(await readSecret(clouds, `kafka_cluster/app_${identity}/java_client`)).toEqual({
        "bootstrap.servers": python["bootstrap.servers"],
        "sasl.jaas.config":
          "org.apache.kafka.common.security.plain.PlainLoginModule required " +
          `username="${python["sasl.username"] ?? ""}" password="${python["sasl.password"] ?? ""}";`,
      });
    }
  });
});

it("A-R5: a run that was skipped for five periods rotates once and refuses no client", async () => {
  const { credentials } = deployment;
  const now = wait(4 * PERIOD_SECONDS);
  const calls = await keyCalls(clouds, () => credentials.apply(now));
  generation += 1;
  expect(calls).toEqual({
    created: generations(generation),
    destroyed: generations(generation - 2),
  });
  expect(await credentials.plan(now)).toEqual(NOTHING);
  expect(await call()).toEqual(answered);
  await Promise.all(clients.map((client) => client.reread()));
}, 300_000);

it("rotate_now rotates before the time, once, and the next rotation is a period later", async () => {
  const { credentials } = deployment;
  const now = wait(86_400);
  expect(await credentials.plan(now)).toEqual(NOTHING);
  const calls = await keyCalls(clouds, () => credentials.apply({ ...now, rotate_now: true }));
  generation += 1;
  expect(calls).toEqual({
    created: generations(generation),
    destroyed: generations(generation - 2),
  });
  expect(await credentials.plan(now)).toEqual(NOTHING);
  expect(await call()).toEqual(answered);
  await Promise.all(clients.map((client) => client.reread()));
  expect(await credentials.plan(wait(PERIOD_SECONDS - 86_400))).toEqual(NOTHING);
}, 300_000);

it("another number of keys adds or takes away the difference, writes no secret and refuses no client", async () => {
  const { credentials } = deployment;
  const now = wait(0);
  const keys = generations(generation).length;

  credentials.reconfigure(credentialsKeeping(3));
  expect(await credentials.apply(now)).toEqual({ add: keys, change: 0, remove: 0 });
  expect(livingNames(clouds)).toEqual(generations(generation, generation - 1, generation - 2));
  credentials.reconfigure(credentialsKeeping(2));
  expect(await credentials.apply(now)).toEqual({ add: 0, change: 0, remove: keys });
  expect(livingNames(clouds)).toEqual(generations(generation, generation - 1));

  expect(await credentials.plan(now)).toEqual(NOTHING);
  expect(await call()).toEqual(answered);
}, 300_000);

it("A-R6: a key's secret is once in the state of its own stack, and nowhere else but in AWS", () => {
  const { credentials, platform, synthesized } = deployment;
  const state = credentials.state();
  const secrets = secretsIn(state);
  expect(secrets).toHaveLength(generations(1, 2).length);
  for (const secret of secrets) {
    expect(state.split(secret)).toHaveLength(2);
  }

  const elsewhere = [
    platform.state(),
    ...[clouds.logs, synthesized].flatMap(filesBelow).map((file) => readFileSync(file, "utf8")),
  ].join("\n");
  // What is searched is what it should be: a public part of the keys is found in it.
  expect(elsewhere).toContain(livingKeys(clouds)[0]?.id);
  expect(secrets.filter((secret) => elsewhere.includes(secret))).toEqual([]);
  expect(JSON.parse(state)).toMatchObject({ outputs: {} });
});

/** The secrets of all keys in a state. */
function secretsIn(state: string): string[] {
  const { resources } = JSON.parse(state) as {
    resources: { type: string; instances: { attributes: { secret: string } }[] }[];
  };
  return resources
    .filter(({ type }) => type === "confluent_api_key")
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes.secret));
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it("moto could answer every call", async () => {
  expect(await clouds.aws.errors()).toEqual([]);
});
