import { planned } from "../../support/planned";
import { copy, gateway, HOST, phaseIn, status } from "../../support/gateway";

const NEVER = "0001-01-01T00:00:00Z";
const DAY = 24 * 60 * 60;

test("a statement is answered in full", async () => {
  const { gateway: flink, administrator, platform } = await gateway();
  const labels = { "user.confluent.io/app": "true" };
  const properties = { "sql.secrets.key": "hush" };
  const created = await flink.submit("copy-1", copy, { labels, properties });
  const asked = flink.statement("copy-1", copy)["spec"];
  const expected = {
    api_version: "sql/v1",
    kind: "Statement",
    metadata: {
      self: `https://${HOST}${flink.collection}/copy-1`,
      created_at: "2026-01-01T00:02:00Z",
      updated_at: "2026-01-01T00:02:00Z",
      labels,
      resource_version: "1",
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
    name: "copy-1",
    organization_id: platform.ids.organization,
    environment_id: platform.ids.environment,
    spec: { ...(asked as object), principal: administrator, stopped: false },
    status: {
      phase: "PENDING",
      detail: "",
      traits: {
        sql_kind: "INSERT_INTO",
        is_bounded: false,
        is_append_only: true,
        upsert_columns: null,
        schema: { columns: [] },
      },
      network_kind: "PUBLIC",
      latest_offsets: {},
      latest_offsets_timestamp: NEVER,
      scaling_status: { scaling_state: "OK", last_updated: "2026-01-01T00:02:00Z" },
      warnings: [],
    },
  };

  expect(created).toEqual(expected);
  expect(await flink.get("copy-1")).toEqual(expected);
  expect(await flink.get("copy-1")).toEqual({
    ...expected,
    metadata: { ...expected.metadata, resource_version: "2" },
    status: { ...expected.status, phase: "RUNNING" },
  });
});

test("it is pending for as many readings as it is told, and shows its next phase after them", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ pendingReads: 3 });
  await flink.submit("copy-1");

  expect(await flink.phases("copy-1", 5)).toEqual([
    "PENDING",
    "PENDING",
    "PENDING",
    "RUNNING",
    "RUNNING",
  ]);
});

test("without a delay the answer to its submission is pending all the same", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ pendingReads: 0 });

  expect(phaseIn(await flink.submit("copy-1"))).toBe("PENDING");
  expect(await flink.phases("copy-1", 1)).toEqual(["RUNNING"]);
});

test("rows in the text end it", async () => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1", "INSERT INTO orders (id, amount) VALUES (1, 2.0)");

  expect(await flink.phases("copy-1", 2)).toEqual(["PENDING", "COMPLETED"]);
});

test("it stops after a reading, tells how far it was, and forgets that when it goes on", async () => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1");
  await flink.until("copy-1", "RUNNING");
  const stopping = await flink.put("copy-1", { stopped: true });

  expect(stopping).toMatchObject({
    status: 202,
    body: { spec: { stopped: true }, status: { phase: "STOPPING" } },
  });
  expect(await flink.phases("copy-1", 2)).toEqual(["STOPPING", "STOPPED"]);
  expect(status(await flink.get("copy-1"))).toMatchObject({
    latest_offsets: {
      orders: [0, 1, 2, 3, 4, 5].map((n) => `partition:${n},offset:0`).join(";"),
    },
    latest_offsets_timestamp: "2026-01-01T00:02:00Z",
  });
  expect(await flink.put("copy-1", { stopped: true })).toMatchObject({
    body: { status: { phase: "STOPPED" } },
  });

  expect(await flink.put("copy-1", { stopped: false })).toMatchObject({
    status: 202,
    body: {
      spec: { stopped: false },
      status: { phase: "PENDING", latest_offsets: {}, latest_offsets_timestamp: NEVER },
    },
  });
  expect(await flink.phases("copy-1", 2)).toEqual(["PENDING", "RUNNING"]);
});

test("without delays it stops, resumes and goes at once", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ pendingReads: 0, stoppingReads: 0, deletingReads: 0 });
  await flink.submit("copy-1");

  expect(await flink.put("copy-1", { stopped: true })).toMatchObject({
    body: { status: { phase: "STOPPED" } },
  });
  expect(await flink.put("copy-1", { stopped: false })).toMatchObject({
    body: { status: { phase: "RUNNING" } },
  });
  await flink.expect(202, "DELETE", "/copy-1");
  expect(await flink.phases("copy-1", 1)).toEqual(["absent"]);
});

test("it moves to another pool and principal when it is resumed", async () => {
  const { gateway: flink, administrator, platform } = await gateway();
  const other = await platform.administrator("other");
  const organization = `crn://confluent.cloud/organization=${platform.ids.organization}`;
  await platform.grant(administrator, "Assigner", `${organization}/service-account=${other}`);
  const pool = await platform.terraform.create(
    "flink_compute_pool",
    planned.computePool(flink.environmentId, "second"),
  );
  await flink.submit("copy-1");
  await flink.until("copy-1", "RUNNING");
  await flink.put("copy-1", { stopped: true });
  await flink.until("copy-1", "STOPPED");
  const change = { stopped: false, principal: other, compute_pool_id: pool["id"] };

  expect(await flink.put("copy-1", change)).toMatchObject({ status: 202, body: { spec: change } });
  expect(await flink.until("copy-1", "RUNNING")).toMatchObject({ spec: change });
});

test("a deleted statement is there for a reading, its name is taken, and then it is gone", async () => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1");
  await flink.until("copy-1", "RUNNING");

  expect(await flink.send("DELETE", "/copy-1")).toEqual({ status: 202 });
  expect(await flink.send("DELETE", "/copy-1")).toEqual({ status: 202 });
  expect(await flink.refusal("POST", "", flink.statement("copy-1"))).toBe(
    "409 Statement copy-1 already exists",
  );
  expect(await flink.phases("copy-1", 2)).toEqual(["DELETING", "absent"]);
  expect(await flink.refusal("DELETE", "/copy-1")).toBe(
    "404 Statement resource=copy-1 does not exist",
  );
  await flink.submit("copy-1");
});

test("a new statement of an old name is another one", async () => {
  const { gateway: flink } = await gateway();
  const uid = async (): Promise<unknown> => (await flink.submit("copy-1"))["metadata"];
  const first = await uid();
  await flink.expect(202, "DELETE", "/copy-1");
  await flink.phases("copy-1", 1);

  expect(await uid()).not.toEqual(first);
});

test("time that passes ends all waiting", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ pendingReads: 9, stoppingReads: 9, deletingReads: 9 });
  for (const name of ["a", "b", "c"]) {
    await flink.submit(name);
  }
  flink.world.advanceClock(1);
  await flink.put("b", { stopped: true });
  await flink.expect(202, "DELETE", "/c");
  flink.world.advanceClock(0);
  expect(flink.world.statements().map(({ phase }) => phase)).toEqual([
    "RUNNING",
    "STOPPING",
    "DELETING",
  ]);
  flink.world.advanceClock(1);

  expect(flink.world.statements()).toEqual([
    {
      name: "a",
      environmentId: flink.environmentId,
      phase: "RUNNING",
      detail: "",
      labels: {},
    },
    expect.objectContaining({ name: "b", phase: "STOPPED" }),
  ]);
});

test("what ended is removed after thirty days", async () => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1", "INSERT INTO orders (id, amount) VALUES (1, 2.0)");
  await flink.until("copy-1", "COMPLETED");
  flink.world.advanceClock(30 * DAY);
  expect(await flink.phases("copy-1", 1)).toEqual(["COMPLETED"]);
  flink.world.advanceClock(1);

  expect(await flink.phases("copy-1", 1)).toEqual(["absent"]);
});

describe("a statement that carries on", () => {
  const carryOver = { properties: { "sql.tables.initial-offset-from": "copy-1" } };

  test("waits until the other one has stopped", async () => {
    const { gateway: flink } = await gateway();
    await flink.submit("copy-1");
    await flink.until("copy-1", "RUNNING");
    await flink.submit("copy-2", copy, carryOver);
    expect(await flink.phases("copy-2", 3)).toEqual(["PENDING", "PENDING", "PENDING"]);
    expect(status(await flink.get("copy-2"))["detail"]).toBe(
      "Statement is currently pending until referenced statement copy-1 is stopped. " +
        "If copy-1 is not stopped before 2026-01-01T06:02:00Z, this statement will fail.",
    );

    await flink.put("copy-1", { stopped: true });
    expect(await flink.phases("copy-2", 1)).toEqual(["PENDING"]);
    expect(await flink.phases("copy-1", 2)).toEqual(["STOPPING", "STOPPED"]);
    expect(await flink.phases("copy-2", 1)).toEqual(["RUNNING"]);
  });

  test("goes on from its own offsets when it is resumed, also when the other one is gone", async () => {
    const { gateway: flink } = await gateway();
    flink.world.flink.change({ pendingReads: 0, stoppingReads: 0, deletingReads: 0 });
    await flink.submit("copy-1");
    await flink.put("copy-1", { stopped: true });
    await flink.submit("copy-2", copy, carryOver);
    await flink.put("copy-2", { stopped: true });
    await flink.expect(202, "DELETE", "/copy-1");
    await flink.put("copy-2", { stopped: false });

    expect(await flink.phases("copy-2", 1)).toEqual(["RUNNING"]);
  });

  test.each([["absent"], ["being deleted"]])("fails when the other one is %s", async (state) => {
    const { gateway: flink } = await gateway();
    if (state === "being deleted") {
      await flink.submit("copy-1");
      await flink.expect(202, "DELETE", "/copy-1");
    }
    await flink.submit("copy-2", copy, carryOver);

    expect(status(await flink.until("copy-2", "FAILED"))["detail"]).toBe(
      "Referenced statement copy-1 does not exist.",
    );
  });
});

test("tables that were just made are not seen by as many statements as is told", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ lateTables: { orders: 2 } });
  const cause = (line: number, from: number, to: number): string =>
    `SQL validation failed. Error from line ${line}, column ${from} to line ${line}, column ${to}.\n\nCaused by: Cannot find table 'orders' in any of the catalogs.`;

  expect(await flink.ask("EXPLAIN SELECT id FROM orders")).toBe(cause(1, 24, 29));
  expect(await flink.ask("EXPLAIN SELECT id FROM big_orders")).toHaveLength(1);
  expect(flink.world.flink.settings.lateTables).toEqual({ orders: 1 });
  expect(await flink.ask(copy)).toBe(cause(1, 60, 65));
  expect(await flink.ask("EXPLAIN SELECT id FROM orders")).toHaveLength(1);
  expect(flink.world.flink.settings.lateTables).toEqual({});
});

test("a text that is no SQL fails, and uses up no late table", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ lateTables: { orders: 1 } });
  await flink.submit("broken", "INSERT INTO orders 'oops");

  expect(await flink.until("broken", "FAILED")).toMatchObject({
    status: {
      detail: "SQL parse failed. unterminated string at line 1, column 20",
      traits: { sql_kind: "", is_bounded: false },
    },
  });
  expect(flink.world.flink.settings.lateTables).toEqual({ orders: 1 });
});

test("with Terraform it is one set of statements", async () => {
  const { gateway: flink, platform, flink: provider } = await gateway();
  const { terraform, ids } = platform;
  const state = await terraform.create(
    "flink_statement",
    planned.statement("copy-1", copy),
    provider,
  );
  expect(await flink.names()).toEqual(["copy-1"]);
  expect(await flink.phases("copy-1", 1)).toEqual(["RUNNING"]);

  await flink.put("copy-1", { stopped: true });
  expect(await terraform.read("flink_statement", state, provider)).toMatchObject({
    stopped: true,
  });
  await flink.until("copy-1", "STOPPED");
  const stopped = await terraform.read("flink_statement", state, provider);
  expect(stopped).toMatchObject({
    stopped: true,
    latest_offsets_timestamp: "2026-01-01T00:02:00Z",
  });
  const resumed = await terraform.update(
    "flink_statement",
    stopped ?? {},
    { stopped: false },
    provider,
  );
  expect(await flink.phases("copy-1", 1)).toEqual(["RUNNING"]);

  await flink.expect(202, "DELETE", "/copy-1");
  expect(await terraform.read("flink_statement", resumed, provider)).toBeNull();
  expect(terraform.world.inventory()).toContainEqual(
    expect.objectContaining({ id: `${ids.environment}/copy-1`, phase: "DELETING" }),
  );
});
