import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

import { compiledProgram } from "../../support/compiled-programs";
import { temporaryDirectory } from "../../support/temporary-directory";
import { planned } from "./support/planned";
import { cloudKey } from "./support/terraform";

const main = compiledProgram("sandbox/world/main.js");
const directory = temporaryDirectory();
const journal = join(directory, "journal.ndjson");
const running: Program[] = [];

type Program = ChildProcessByStdio<Writable, Readable, Readable>;

function start(...options: readonly string[]): Program {
  const child = spawn(process.execPath, [main, ...options], { stdio: ["pipe", "pipe", "pipe"] });
  running.push(child);
  return child;
}

function startWorld(...more: readonly string[]): Program {
  return start("--nonce", "abc", "--seed", "s", "--journal", journal, ...more);
}

async function firstLine(child: Program): Promise<unknown> {
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return JSON.parse(line) as unknown;
}

async function urlOf(child: Program): Promise<string> {
  return ((await firstLine(child)) as { url: string }).url;
}

async function post(url: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(url + path, { method: "POST", body: JSON.stringify(body) });
  return response.json();
}

function statusOf(url: string, caFile: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { ca: readFileSync(caFile), agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}

async function exitCode(child: Program): Promise<number | null> {
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

afterEach(() => {
  for (const child of running.splice(0)) {
    child.kill("SIGKILL");
  }
});

test("it says where it listens, and answers there", async () => {
  const child = startWorld("--port", "0");
  const line = await firstLine(child);

  expect(line).toEqual({
    ready: true,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    flinkUrl: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
  });
  const response = await fetch(`${(line as { url: string }).url}/sandbox/whoami`);
  expect(await response.json()).toEqual({ nonce: "abc", pid: child.pid });
});

test("Flink's REST API answers with the certificate in the file that is told", async () => {
  const ca = join(directory, "ca.pem");
  const line = (await firstLine(startWorld("--flink-ca", ca))) as { url: string; flinkUrl: string };

  const flink = await fetch(`${line.url}/sandbox/flink`);
  expect(await flink.json()).toMatchObject({ url: line.flinkUrl, caFile: ca });
  expect(await statusOf(`${line.flinkUrl}/sql/v1/nothing`, ca)).toBe(404);
});

test("without a file for it, the certificate lies beside the journal", async () => {
  const url = await urlOf(startWorld());

  expect(await (await fetch(`${url}/sandbox/flink`)).json()).toMatchObject({
    caFile: `${journal}.flink-ca.pem`,
  });
});

test("it ends on SIGTERM", async () => {
  const child = startWorld();
  await firstLine(child);
  child.kill("SIGTERM");

  expect(await exitCode(child)).toBe(0);
});

test("it ends when whoever started it is gone", async () => {
  const child = startWorld();
  await firstLine(child);
  child.stdin.end();

  expect(await exitCode(child)).toBe(0);
});

test("killed in the middle, it goes on from where it was", async () => {
  const state = join(directory, "world.json");
  const first = startWorld("--state", state);
  const create = (type: string, object: unknown) => ({
    provider: "confluent",
    type,
    configuration: cloudKey,
    planned: object,
  });
  const before = await urlOf(first);
  await post(before, "/terraform/create", create("confluent_environment", planned.environment()));
  const account = create("confluent_service_account", planned.serviceAccount("a"));
  const answer = await post(before, "/terraform/create", account);
  const gone = exitCode(first);
  first.kill("SIGKILL");
  await gone;

  const after = await urlOf(startWorld("--state", state));
  const inventory = await fetch(`${after}/sandbox/inventory`);
  expect(await inventory.json()).toEqual([
    expect.objectContaining({ type: "confluent_environment" }),
    expect.objectContaining({ type: "confluent_service_account", name: "a" }),
  ]);
  const { state: prior } = answer as { state: object };
  expect(await post(after, "/terraform/read", { ...account, planned: null, state: prior })).toEqual(
    { state: prior, diagnostics: [] },
  );
  expect(await (await fetch(`${after}/sandbox/journal`)).json()).toEqual({
    calls: readFileSync(journal, "utf8").split("\n").length - 1,
  });
});

test.each([
  [[], "world: --nonce, --seed and --journal are required; usage: world "],
  [
    ["--nonce", "n", "--seed", "s", "--journal", journal, "--port", "http"],
    "world: --port must be a number from 0 to 65535, got http; usage: world ",
  ],
  [
    ["--nonce", "n", "--seed", "s", "--journal", journal, "--flink-port", "65536"],
    "world: --flink-port must be a number from 0 to 65535, got 65536; usage: world ",
  ],
  [["--speed", "11"], "world: Unknown option '--speed'"],
])("fails with the options %j", async (options, message) => {
  const child = start(...options);
  const errors: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));

  expect(await exitCode(child)).toBe(1);
  expect(Buffer.concat(errors).toString("utf8")).toContain(message);
});
