import { request } from "node:https";
import { X509Certificate } from "node:crypto";

import { GatewayServer } from "../../../../../sandbox/world/confluent/flink-gateway/gateway-server";
import { parseFaultRule } from "../../../../../sandbox/world/faults";
import { copy, Gateway, gateway } from "../../support/gateway";

let flink: Gateway;
let server: GatewayServer;

beforeEach(async () => {
  ({ gateway: flink } = await gateway());
  server = await GatewayServer.start(flink.world.flink, 0);
});

afterEach(() => server.close());

interface Answer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

function send(
  method: string,
  path = "",
  body?: unknown,
  base = server.url,
  ca: string | null = server.certificate,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      base + flink.collection + path,
      {
        method,
        ca: ca ?? undefined,
        agent: false,
        headers: { authorization: flink.authorization },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          resolve({
            status: response.statusCode,
            type: response.headers["content-type"],
            retryAfter: response.headers["retry-after"],
            body: Buffer.concat(chunks).toString("utf8"),
          });
        });
      },
    );
    call.on("error", reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

test("it answers over TLS, under its address and its name, to those who trust its certificate", async () => {
  expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const created = await send("POST", "", flink.statement("copy-1"));
  expect(created).toMatchObject({ status: 201, type: "application/json" });
  expect(JSON.parse(created.body)).toMatchObject({
    name: "copy-1",
    metadata: { self: `${server.url}${flink.collection}/copy-1` },
  });

  const byName = server.url.replace("127.0.0.1", "localhost");
  expect(await send("GET", "/copy-1", undefined, byName)).toMatchObject({ status: 200 });
  await expect(send("GET", "", undefined, server.url, null)).rejects.toThrow(/certificate/);
});

test("its certificate may sign, and names the address", () => {
  const certificate = new X509Certificate(server.certificate);

  expect(certificate.ca).toBe(true);
  expect(certificate.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1");
  expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(Date.parse(certificate.validTo) - Date.now()).toBeGreaterThan(300 * 24 * 60 * 60 * 1000);
});

test("an answer without a body is empty, and headers arrive", async () => {
  await send("POST", "", flink.statement("copy-1"));
  expect(await send("DELETE", "/copy-1")).toEqual({
    status: 202,
    type: undefined,
    retryAfter: undefined,
    body: "",
  });
  flink.fault({ match: { operation: "flink.list" }, mode: "refuse", status: 429, retryAfter: 3 });

  expect(await send("GET")).toMatchObject({ status: 429, retryAfter: "3" });
});

test.each([
  ["drop", []],
  ["answer-lost", ["copy-1"]],
])("%s breaks the connection", async (mode, names) => {
  flink.world.faults.add(parseFaultRule({ match: { operation: "flink.create" }, mode }));

  await expect(send("POST", "", flink.statement("copy-1", copy))).rejects.toThrow("socket hang up");
  expect(flink.world.statements().map(({ name }) => name)).toEqual(names);
});

test("what nobody expected is an answer, too", async () => {
  jest.spyOn(flink.world.flink, "answer").mockRejectedValue(new Error("bug"));

  const { status, body } = await send("GET");
  expect(status).toBe(500);
  expect(JSON.parse(body)).toMatchObject({ errors: [{ status: "500", detail: "bug" }] });
});

test("closing lets a call that is under way finish, and may be repeated", async () => {
  const { flink: served } = flink.world;
  const answer = served.answer.bind(served);
  let closed: Promise<void> | undefined;
  jest.spyOn(served, "answer").mockImplementation((asked) => {
    closed = server.close();
    return answer(asked);
  });

  expect(await send("GET")).toMatchObject({ status: 200 });
  await closed;
  await server.close();
  await expect(send("GET")).rejects.toThrow("ECONNREFUSED");
});
