import { text } from "../../../../../sandbox/world/values";
import { planned } from "../../support/planned";
import { basic, copy, Gateway, gateway, phaseIn } from "../../support/gateway";

test.each([
  ["no credential", ""],
  ["another scheme", "Bearer abc"],
  ["no colon in it", `Basic ${Buffer.from("key").toString("base64")}`],
  ["an unknown key", basic("KEY", "secret")],
])("401 with %s", async (_case, authorization) => {
  const { gateway: flink } = await gateway();

  expect(await flink.refusal("GET", "", undefined, authorization)).toBe("401 Unauthorized");
});

test("401 for the key of a cluster, of another environment, and after it was deleted", async () => {
  const { gateway: flink, platform, flink: provider, streams } = await gateway();
  const { terraform } = platform;
  const cluster = basic(text(streams, "kafka_api_key"), text(streams, "kafka_api_secret"));
  expect(await flink.refusal("GET", "", undefined, cluster)).toBe("401 Unauthorized");

  const other = flink.collection.replace(flink.environmentId, "env-other");
  expect(await flink.refusal("GET", other)).toBe("401 Unauthorized");

  await flink.expect(200, "GET");
  const id = provider["flink_api_key"];
  await terraform.delete("api_key", { id, secret: provider["flink_api_secret"] });
  expect(await flink.refusal("GET")).toBe("401 Unauthorized");
});

test("an answer explains what the API does not say", async () => {
  const { gateway: flink } = await gateway();

  expect(await flink.send("GET", "", undefined, basic("KEY", "secret"))).toEqual({
    status: 401,
    body: {
      errors: [
        {
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          status: "401",
          detail: "Unauthorized",
          source: {},
          meta: { explanation: 'API key "KEY" does not exist' },
        },
      ],
    },
  });
});

describe("403", () => {
  async function weak(role?: string): Promise<Gateway> {
    const names = await gateway();
    const { platform } = names;
    await names.gateway.submit("copy-1");
    const account = await platform.account("weak");
    if (role !== undefined) {
      await platform.grant(account, role, text(platform.pool, "resource_name"));
    }
    const flink = await platform.flink(account);
    return Gateway.of(names, flink);
  }

  test("without a role, for what is there and what is not", async () => {
    const flink = await weak();
    const statement = flink.statement("copy-2");
    for (const [method, path, body] of [
      ["GET", ""],
      ["POST", "", statement],
      ["GET", "/copy-1"],
      ["GET", "/absent"],
      ["PUT", "/copy-1", statement],
      ["DELETE", "/copy-1"],
      ["GET", "/copy-1/results"],
      ["GET", "/copy-1/exceptions"],
    ] as const) {
      expect(await flink.refusal(method, path, body)).toBe("403 Forbidden Access");
    }
  });

  test("not for an absent statement with a role, unless the world is told so", async () => {
    const flink = await weak("FlinkDeveloper");
    expect(await flink.refusal("GET", "/absent")).toBe(
      "404 Statement resource=absent does not exist",
    );
    flink.world.flink.change({ absentIsForbidden: true });

    expect(await flink.refusal("GET", "/absent")).toBe("403 Forbidden Access");
    expect(await flink.names()).toEqual([]);
    expect(await flink.names()).toEqual(["copy-1"]);
  });

  test("for a principal that the caller may not assign", async () => {
    const { gateway: flink, platform } = await gateway();
    const principal = await platform.account("principal");

    expect(await flink.refusal("POST", "", flink.statement("copy-1", copy, { principal }))).toBe(
      "403 Forbidden Access",
    );
  });
});

describe("404", () => {
  test("for another organization, an unknown pool, and addresses that are none", async () => {
    const { gateway: flink, platform } = await gateway();
    const elsewhere = flink.collection.replace(platform.ids.organization, "another");
    expect(await flink.refusal("GET", elsewhere)).toBe("404 Resource Not Found");
    expect(
      await flink.refusal("POST", "", flink.statement("a", copy, { compute_pool_id: "lfcp-x" })),
    ).toBe("404 The compute pool lfcp-x was not found.");
    expect(
      await flink.refusal("POST", "", flink.statement("a", copy, { compute_pool_id: "" })),
    ).toBe("404 No default compute pool was found.");
    expect(await flink.refusal("GET", "/sql/v1/nothing")).toBe("404 no route /sql/v1/nothing");
    expect(await flink.refusal("GET", "/a/logs")).toBe(`404 no route ${flink.collection}/a/logs`);
    expect(await flink.refusal("GET", "/%E0%A4%A")).toBe("404 no route with %E0%A4%A");
    expect(await flink.refusal("PATCH", "/a", [])).toBe(
      `405 PATCH is not allowed at ${flink.collection}/a`,
    );
  });

  test("not for the default pool, where there is one", async () => {
    const { gateway: flink, platform } = await gateway();
    const pool = await platform.terraform.create("flink_compute_pool", {
      ...planned.computePool(flink.environmentId, "default"),
      default_pool: true,
    });

    expect(await flink.submit("copy-1", copy, { compute_pool_id: "" })).toMatchObject({
      spec: { compute_pool_id: pool["id"] },
    });
  });

  test("not for a pool that is gone with its statements, but for these", async () => {
    const { gateway: flink, platform } = await gateway();
    await flink.submit("copy-1", "INSERT INTO orders (id, amount) VALUES (1, 2.0)");
    await flink.until("copy-1", "COMPLETED");
    await platform.terraform.delete("flink_compute_pool", platform.pool);
    await platform.terraform.create(
      "flink_compute_pool",
      planned.computePool(flink.environmentId, "second"),
    );

    expect(await flink.phases("copy-1", 1)).toEqual(["absent"]);
  });
});

test("409 for a name that is taken", async () => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1");

  expect(await flink.refusal("POST", "", flink.statement("copy-1"))).toBe(
    "409 Statement copy-1 already exists",
  );
});

test("409 for a change of a statement that has changed since it was read", async () => {
  const { gateway: flink } = await gateway();
  const pending = await flink.submit("copy-1");
  await flink.until("copy-1", "RUNNING");
  const spec = { ...(pending["spec"] as object), stopped: true };

  expect(await flink.refusal("PUT", "/copy-1", { ...pending, spec })).toBe(
    "409 Statement copy-1 was changed: resource_version is 2, not 1",
  );
  const running = await flink.get("copy-1");
  expect(phaseIn(await flink.expect(202, "PUT", "/copy-1", { ...running, spec }))).toBe("STOPPING");
});

test("409 for a change of a statement that ended, or that is being deleted", async () => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1", "INSERT INTO orders (id, amount) VALUES (1, 2.0)");
  const ended = await flink.until("copy-1", "COMPLETED");
  const spec = { ...(ended["spec"] as object), stopped: true };
  expect(await flink.refusal("PUT", "/copy-1", { name: "copy-1", spec })).toBe(
    "409 Statement copy-1 is COMPLETED and cannot be stopped",
  );
  await flink.expect(202, "DELETE", "/copy-1");

  expect(await flink.refusal("PUT", "/copy-1", { name: "copy-1", spec })).toBe(
    "409 Statement copy-1 is being deleted",
  );
});

test.each([
  [400, { name: "Copy_1" }, 'Invalid statement name "Copy_1"'],
  [400, { name: undefined }, 'Invalid statement name ""'],
  [422, { spec: undefined }, "spec.statement must be the text of a statement"],
  [422, { spec: { statement: " " } }, "spec.statement must be the text of a statement"],
  [
    422,
    { spec: { statement: copy, properties: [] } },
    "spec.properties must be an object of texts",
  ],
  [
    422,
    { spec: { statement: copy, properties: { a: 1 } } },
    "spec.properties must be an object of texts",
  ],
  [422, { metadata: { labels: { a: true } } }, "metadata.labels must be an object of texts"],
  [422, { spec: { statement: copy, compute_pool_id: 1 } }, "spec.compute_pool_id must be a text"],
  [422, { spec: { statement: copy, principal: {} } }, "spec.principal must be a text"],
  [
    400,
    { spec: { statement: `SELECT '${"x".repeat(131_072)}'` } },
    "Statement text is longer than 131072 characters",
  ],
])("%i for a new statement with %j", async (status, change, detail) => {
  const { gateway: flink, platform } = await gateway();
  await platform.terraform.create("flink_compute_pool", {
    ...planned.computePool(flink.environmentId, "default"),
    default_pool: true,
  });

  expect(await flink.refusal("POST", "", { ...flink.statement("copy-1"), ...change })).toBe(
    `${status} ${detail}`,
  );
});

test("400 for a body that is no object", async () => {
  const { gateway: flink } = await gateway();

  expect(await flink.refusal("POST", "", "{")).toBe("400 the body must be JSON");
  expect(await flink.refusal("POST", "", [])).toBe("400 the body must be a JSON object");
});

test.each([
  [{ name: "copy-1" }, "the body must be the whole statement, spec included"],
  [{ spec: { statement: "SELECT 1" } }, "spec.statement of a statement cannot be changed"],
  [
    { spec: { statement: copy, properties: {} } },
    "spec.properties of a statement cannot be changed",
  ],
  [
    {
      spec: {
        statement: copy,
        properties: { "sql.current-catalog": "streaming", "sql.current-database": "other" },
      },
    },
    "spec.properties of a statement cannot be changed",
  ],
  [
    { spec: { statement: copy, principal: "sa-other" } },
    "pool and principal of a statement change only when it is resumed",
  ],
])("422 for the change %j", async (body, detail) => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1");
  await flink.until("copy-1", "RUNNING");

  expect(await flink.refusal("PUT", "/copy-1", body)).toBe(`422 ${detail}`);
});

test("a change that changes nothing is accepted", async () => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1");
  const running = await flink.until("copy-1", "RUNNING");

  expect(await flink.expect(202, "PUT", "/copy-1", { spec: { statement: copy } })).toEqual(running);
});
