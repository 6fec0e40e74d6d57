import { setTimeout as delay } from "node:timers/promises";

import { callAws } from "../sandbox/aws/call-aws";
import { Client, readSecret, services } from "./support/client";
import { startClouds, type Clouds } from "./support/clouds";
import { deployPlatform, type Deployment } from "./support/credentials";
import { errorsOf } from "./support/deployed-stack";
import { generations, keyCalls, livingKeys, livingNames } from "./support/keys";

const PERIOD_SECONDS = 30 * 86_400;
const NOTHING = { add: 0, change: 0, remove: 0 };
const MEMORY = "/confluent_cloud_resource/lakehouse-sandbox/streaming-credentials/rotation";

let clouds: Clouds;
let deployment: Deployment;
let clients: readonly Client[];
let generation = 2;

/** A period passes. */
const aPeriodLater = (): { rotation_clock: string } => ({
  rotation_clock: clouds.world.advanceClock(PERIOD_SECONDS),
});

const call = (): Promise<string[]> => Promise.all(clients.map((client) => client.call()));
const answered = services.map(() => "answered");

/** The next creation of a key goes wrong. */
function spoil(name: string, mode: "refuse" | "answer-lost" | "delay", milliseconds = 0): void {
  clouds.world.faults.add({
    match: { operation: "create", type: "confluent_api_key", name: `lakehouse-sandbox-${name}` },
    mode,
    times: 1,
    milliseconds,
  });
}

/** Keys that exist and that no state knows, by name. */
function orphans(): string[] {
  const state = deployment.credentials.state();
  return livingKeys(clouds)
    .filter(({ id }) => !state.includes(`"${id}"`))
    .map(({ name }) => name);
}

/** Waits until what was under way has arrived: for twice as long as a call takes, nothing has changed. */
async function arrivals(milliseconds: number): Promise<readonly string[]> {
  for (let before = -1; before !== livingNames(clouds).length;) {
    before = livingNames(clouds).length;
    await delay(2 * milliseconds);
  }
  return livingNames(clouds);
}

/**
 * Applies what an earlier run did not finish. The AWS provider may stumble over a version from which that run has taken a
 * label already; the runbook says so, and by the next run it knows.
 */
async function finish(now: { rotation_clock: string }): Promise<void> {
  const run = await deployment.credentials.tryApply(now);
  if (run.exitCode === 0) return;
  expect(errorsOf(run)).toMatch(/^(deleting Secrets Manager Secret Version .*\n*)*$/);
  expect(await call()).toEqual(answered);
  await deployment.credentials.apply(now);
}

beforeAll(async () => {
  clouds = await startClouds();
  deployment = await deployPlatform(clouds);
  await deployment.credentials.apply(aPeriodLater());
  clients = await Promise.all(
    services.map((service) => Client.started(service, clouds, deployment.endpoints)),
  );
}, 300_000);

afterAll(() => clouds.stop());

it("a key that is refused is proposed again, in the same generation", async () => {
  const { credentials } = deployment;
  const now = aPeriodLater();
  generation += 1;
  const name = `app-producer-kafka-${generation}`;
  spoil(name, "refuse");

  expect((await credentials.tryApply(now)).exitCode).toBe(1);
  expect(livingNames(clouds)).not.toContain(name);
  expect(await call()).toEqual(answered);

  const again = await keyCalls(clouds, () => finish(now));
  expect(again.created).toEqual([name]);
  expect(livingNames(clouds)).toEqual(generations(generation, generation - 1));
  expect(orphans()).toEqual([]);
  expect(await credentials.plan(now)).toEqual(NOTHING);
  expect(await call()).toEqual(answered);
  await Promise.all(clients.map((client) => client.reread()));
}, 300_000);

it("a key whose answer is lost is proposed again; the one that nobody was told of stays until it is removed by hand", async () => {
  const { credentials } = deployment;
  const now = aPeriodLater();
  generation += 1;
  const name = `flink-deployer-flink-${generation}`;
  spoil(name, "answer-lost");

  expect((await credentials.tryApply(now)).exitCode).toBe(1);
  expect(orphans()).toEqual([name]);
  expect(await call()).toEqual(answered);

  const again = await keyCalls(clouds, () => finish(now));
  expect(again.created).toEqual([name]);
  expect(await credentials.plan(now)).toEqual(NOTHING);
  expect(await call()).toEqual(answered);
  await Promise.all(clients.map((client) => client.reread()));

  // Terraform cannot know it. Two keys of one name are how a person finds it.
  expect(orphans()).toEqual([name]);
  expect(livingNames(clouds).filter((living) => living === name)).toHaveLength(2);
}, 300_000);

it("Terraform is killed while keys are made: the next run finishes the rotation", async () => {
  const { credentials } = deployment;
  const now = aPeriodLater();
  const before = orphans();
  generation += 1;
  const first = `streams-manager-kafka-${generation}`;
  for (const name of generations(generation)) {
    if (name !== first) spoil(name, "delay", 2_000);
  }

  await credentials.killedApply(now, () => Promise.resolve(livingNames(clouds).includes(first)));
  expect(await call()).toEqual(answered);
  // What was under way reaches the cloud, and the answer nobody. How much that is, is Terraform's choice.
  const arrived = await arrivals(2_000);
  const lost = generations(generation).filter((name) => arrived.includes(name));
  expect(lost).toContain(first);

  const { created } = await keyCalls(clouds, () => finish(now));
  expect(created).toEqual(generations(generation));
  expect(await credentials.plan(now)).toEqual(NOTHING);
  expect(await call()).toEqual(answered);
  await Promise.all(clients.map((client) => client.reread()));
  expect(await call()).toEqual(answered);
  expect(orphans().sort()).toEqual([...before, ...lost].sort());
  // What never began was delayed for nothing.
  clouds.world.faults.clear();
}, 300_000);

it("Terraform is killed while secrets are written: the next runs finish the rotation", async () => {
  const { credentials } = deployment;
  const now = aPeriodLater();
  generation += 1;
  spoil(`tableflow-manager-tableflow-${generation}`, "delay", 3_000);
  const version = async () => (await readSecret(clouds, "terraform/streams"))["kafka.api.key"];
  const before = await version();

  await credentials.killedApply(now, async () => (await version()) !== before);
  expect(await call()).toEqual(answered);

  await finish(now);
  expect(await credentials.plan(now)).toEqual(NOTHING);
  expect(await call()).toEqual(answered);
  await Promise.all(clients.map((client) => client.reread()));
  expect(await call()).toEqual(answered);
}, 300_000);

it("what is remembered is written last: without it the rotation is proposed again and makes no second key", async () => {
  const { credentials } = deployment;
  const now = aPeriodLater();
  generation += 1;
  const values = credentials.resources("aws_secretsmanager_secret_version");
  const run = await credentials.run(
    ["apply", "-auto-approve", ...values.map((address) => `-target=${address}`)],
    now,
  );
  expect(run.exitCode).toBe(0);
  expect(livingNames(clouds)).toEqual(expect.arrayContaining(generations(generation)));

  const calls = await keyCalls(clouds, async () => {
    expect(await credentials.apply(now)).toMatchObject({ add: 0, change: 1 });
  });
  expect(calls).toEqual({ created: [], destroyed: generations(generation - 2) });
  expect(await credentials.plan(now)).toEqual(NOTHING);
  await Promise.all(clients.map((client) => client.reread()));
}, 300_000);

it("a memory that somebody has spoilt stops the plan, where beginning anew would refuse every client", async () => {
  const parameter = await callAws(clouds.aws.url, "ssm", "GetParameter", { Name: MEMORY });
  const { Value } = parameter.members["Parameter"] as { Value: string };
  const write = (text: string) =>
    callAws(clouds.aws.url, "ssm", "PutParameter", { Name: MEMORY, Value: text, Overwrite: true });

  await write("generation 7");
  const now = aPeriodLater();
  expect((await deployment.credentials.tryApply(now)).exitCode).toBe(1);
  expect(await call()).toEqual(answered);

  await write(Value);
  generation += 1;
  const calls = await keyCalls(clouds, () => deployment.credentials.apply(now));
  expect(calls.created).toEqual(generations(generation));
  expect(await call()).toEqual(answered);
}, 300_000);

it("a key that somebody has deleted in Confluent is made again, and its secret written again", async () => {
  const { credentials } = deployment;
  const [kafka] = clients;
  await kafka?.reread();
  const deleted = kafka?.key ?? "";
  await clouds.world.call("delete", {
    provider: "confluent",
    type: "confluent_api_key",
    configuration: { cloud_api_key: "sandbox", cloud_api_secret: "sandbox" },
    prior: { id: deleted },
  });
  expect(await kafka?.call()).toBe("refused: 401");

  const now = { rotation_clock: clouds.world.advanceClock(0) };
  const calls = await keyCalls(clouds, () => credentials.apply(now));
  expect(calls).toEqual({ created: [`app-producer-kafka-${generation}`], destroyed: [] });
  await kafka?.reread();
  expect(kafka?.key).not.toBe(deleted);
  expect(await kafka?.call()).toBe("answered");
  expect(await credentials.plan(now)).toEqual(NOTHING);
}, 300_000);

it("a run whose state was lost, a first one that was killed at its end, makes what is remembered and refuses nobody", async () => {
  const { credentials } = deployment;
  const now = { rotation_clock: clouds.world.advanceClock(0) };
  credentials.loseState();

  const calls = await keyCalls(clouds, () => credentials.apply(now));
  expect(calls).toEqual({ created: generations(generation - 1, generation), destroyed: [] });
  expect(await credentials.plan(now)).toEqual(NOTHING);
  expect(await call()).toEqual(answered);
  await Promise.all(clients.map((client) => client.reread()));
  expect(await call()).toEqual(answered);
}, 300_000);
