import { join } from "node:path";

import { Journal } from "../../../sandbox/world/journal";
import { WorldServer } from "../../../sandbox/world/server";
import { World } from "../../../sandbox/world/world";
import { temporaryDirectory } from "../../support/temporary-directory";
import { planned } from "./support/planned";
import { cloudKey } from "./support/terraform";

let server: WorldServer;
let url: string;

beforeEach(async () => {
  const journal = new Journal(join(temporaryDirectory(), "journal.ndjson"));
  const world = new World({ seed: "s", journal });
  const flink = { url: "https://127.0.0.1:8443", caFile: "/ca.pem" };
  server = new WorldServer({ world, journal, nonce: "abc", port: 0, flink });
  url = await server.listen();
});

afterEach(() => server.close());

async function ask(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url + path, {
    method,
    body: typeof body === "string" || body === undefined ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const environment = {
  provider: "confluent",
  type: "confluent_environment",
  configuration: cloudKey,
  planned: planned.environment(),
};

test("it listens on the loopback interface", () => {
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("whoami answers with the nonce and the process", async () => {
  expect(await ask("GET", "/sandbox/whoami")).toEqual({
    status: 200,
    body: { nonce: "abc", pid: process.pid },
  });
});

test("a call is answered, counted and visible in the inventory", async () => {
  expect(await ask("GET", "/sandbox/inventory")).toEqual({ status: 200, body: [] });

  const { status, body } = await ask("POST", "/terraform/create", environment);
  expect(status).toBe(200);
  expect(body).toMatchObject({ state: { display_name: "streaming" }, diagnostics: [] });

  expect(await ask("GET", "/sandbox/inventory")).toMatchObject({
    body: [{ type: "confluent_environment", name: "streaming" }],
  });
  expect(await ask("GET", "/sandbox/journal")).toEqual({ status: 200, body: { calls: 1 } });
});

test("a refusal by the cloud is an answer", async () => {
  expect(
    await ask("POST", "/terraform/create", { ...environment, configuration: {} }),
  ).toMatchObject({
    status: 200,
    body: { diagnostics: [{ severity: "error" }] },
  });
});

test("null stands for an absent member", async () => {
  const { body } = await ask("POST", "/terraform/create", {
    ...environment,
    prior: null,
    id: null,
  });

  expect(body).toMatchObject({ diagnostics: [] });
});

test("the clock can be read and advanced", async () => {
  expect(await ask("GET", "/sandbox/clock")).toEqual({
    status: 200,
    body: { now: "2026-01-01T00:00:00Z" },
  });
  expect(await ask("POST", "/sandbox/clock", { advanceSeconds: 90 })).toEqual({
    status: 200,
    body: { now: "2026-01-01T00:01:30Z" },
  });
  expect(await ask("GET", "/sandbox/clock")).toMatchObject({
    body: { now: "2026-01-01T00:01:30Z" },
  });
});

test("faults can be added and cleared", async () => {
  const rule = {
    match: { operation: "create", type: "confluent_environment" },
    mode: "refuse",
    times: 2,
    message: "no",
  };
  expect(await ask("POST", "/sandbox/faults", rule)).toEqual({ status: 200, body: {} });
  expect(await ask("POST", "/terraform/create", environment)).toEqual({
    status: 200,
    body: { diagnostics: [{ severity: "error", summary: "no" }] },
  });
  expect(await ask("DELETE", "/sandbox/faults")).toEqual({ status: 200, body: {} });
  expect(await ask("POST", "/terraform/create", environment)).toMatchObject({
    body: { diagnostics: [] },
  });
});

test("Flink's REST API can be found and set, and its statements listed", async () => {
  const { body } = await ask("GET", "/sandbox/flink");
  expect(body).toEqual({
    url: "https://127.0.0.1:8443",
    caFile: "/ca.pem",
    settings: expect.objectContaining({ pendingReads: 1 }),
  });
  expect(await ask("POST", "/sandbox/flink", { pendingReads: 2 })).toEqual({
    status: 200,
    body: {
      url: "https://127.0.0.1:8443",
      caFile: "/ca.pem",
      settings: expect.objectContaining({ pendingReads: 2 }),
    },
  });
  expect(await ask("GET", "/sandbox/statements")).toEqual({ status: 200, body: [] });
});

test("a catalog is made, with the address under which it is used", async () => {
  const request = { region: "us-east-1", catalog: "airlines", database: "flights" };
  expect(await ask("POST", "/sandbox/catalog", request)).toEqual({
    status: 200,
    body: expect.objectContaining({
      catalog: "airlines",
      apiKey: expect.any(String),
      url: "https://127.0.0.1:8443",
      caFile: "/ca.pem",
    }),
  });
  expect(await ask("POST", "/sandbox/catalog", request)).toMatchObject({ status: 400 });
});

test.each<[string, string, unknown, number, string]>([
  ["GET", "/sandbox/nothing", undefined, 404, "no route GET /sandbox/nothing"],
  ["GET", "/terraform/create", undefined, 404, "no route GET /terraform/create"],
  [
    "POST",
    "/terraform/explode",
    {},
    400,
    'unknown operation "explode", expected one of configure, create, read, update, delete, import, read-data-source',
  ],
  ["POST", "/terraform/create", "{", 400, "the body must be JSON"],
  ["POST", "/terraform/create", [], 400, "the request must be a JSON object"],
  ["POST", "/terraform/create", {}, 400, "provider and type must be strings"],
  ["POST", "/terraform/create", { ...environment, planned: 1 }, 400, "planned must be an object"],
  ["POST", "/terraform/import", { ...environment, id: 1 }, 400, "id must be a string"],
  [
    "POST",
    "/sandbox/clock",
    { advanceSeconds: -1 },
    400,
    "advanceSeconds must be a number of at least 0, got -1",
  ],
  ["POST", "/sandbox/flink", [], 400, "the settings must be an object"],
  ["POST", "/sandbox/catalog", [], 400, "the catalog must be an object"],
  [
    "POST",
    "/sandbox/faults",
    { match: {} },
    400,
    "mode must be one of refuse, answer-lost, fail-after, delay, got undefined",
  ],
])("fails for %s %s with %j", async (method, path, body, status, error) => {
  expect(await ask(method, path, body)).toEqual({ status, body: { error } });
});

test("parallel calls are all answered, each with its own object", async () => {
  const names = Array.from({ length: 50 }, (_, n) => `account-${n}`);
  const answers = await Promise.all(
    names.map((name) =>
      ask("POST", "/terraform/create", {
        ...environment,
        type: "confluent_service_account",
        planned: planned.serviceAccount(name),
      }),
    ),
  );
  const ids = answers.map(({ body }) => (body as { state: { id: string } }).state.id);

  expect(new Set(ids).size).toBe(50);
});

test("closing lets a call that is under way finish", async () => {
  await ask("POST", "/sandbox/faults", {
    match: { operation: "create", type: "confluent_environment" },
    mode: "delay",
    milliseconds: 100,
  });
  const [answer] = await Promise.all([
    ask("POST", "/terraform/create", environment),
    new Promise((resolve) => setTimeout(resolve, 30)).then(() => server.close()),
  ]);

  expect(answer).toMatchObject({ status: 200, body: { diagnostics: [] } });
  await expect(ask("GET", "/sandbox/whoami")).rejects.toThrow("fetch failed");
});
