import { copy, gateway, phaseIn, status } from "../../support/gateway";

test("refuse: nothing happens, and the answer has the status that is told", async () => {
  const { gateway: flink } = await gateway();
  flink.fault({ match: { operation: "flink.create" }, mode: "refuse", status: 429, retryAfter: 2 });
  flink.fault({ match: { operation: "flink.get" }, mode: "refuse", message: "no luck" });

  expect(await flink.send("POST", "", flink.statement("copy-1"))).toEqual({
    status: 429,
    headers: { "retry-after": "2" },
    body: {
      errors: [
        expect.objectContaining({
          status: "429",
          detail: "the sandbox was told to refuse this call",
        }),
      ],
    },
  });
  expect(flink.world.statements()).toEqual([]);
  expect(await flink.refusal("GET", "/copy-1")).toBe("500 no luck");
  expect(await flink.refusal("GET", "/copy-1")).toMatch(/^404 /);
});

test("drop: nothing happens, and there is no answer", async () => {
  const { gateway: flink } = await gateway();
  flink.fault({ match: { operation: "flink.create" }, mode: "drop" });

  expect(await flink.send("POST", "", flink.statement("copy-1"))).toBeUndefined();
  expect(flink.world.statements()).toEqual([]);
});

test("answer-lost: it happens, and there is no answer", async () => {
  const { gateway: flink } = await gateway();
  flink.fault({ match: { operation: "flink.create", name: "copy-*" }, mode: "answer-lost" });

  expect(await flink.send("POST", "", flink.statement("copy-1"))).toBeUndefined();
  expect(await flink.refusal("POST", "", flink.statement("copy-1"))).toMatch(/^409 /);
});

test("delay: it happens later", async () => {
  const { gateway: flink } = await gateway();
  flink.fault({ match: { operation: "flink.list" }, mode: "delay", milliseconds: 30 });
  const began = performance.now();
  await flink.names();

  expect(performance.now() - began).toBeGreaterThanOrEqual(29);
});

test.each([
  ["flink.update", "PUT", "/copy-1"],
  ["flink.delete", "DELETE", "/copy-1"],
  ["flink.results", "GET", "/copy-1/results"],
  ["flink.exceptions", "GET", "/copy-1/exceptions"],
])("a rule for %s is for that call and that statement", async (operation, method, path) => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1");
  flink.fault({ match: { operation, name: "copy-2" }, mode: "refuse", status: 503 });
  flink.fault({ match: { operation, name: "copy-*" }, mode: "refuse", status: 401 });
  await flink.get("copy-1");

  expect(await flink.refusal(method, path)).toMatch(/^401 /);
});

test("a call that cannot be understood uses up no rule but that of its operation", async () => {
  const { gateway: flink } = await gateway();
  flink.fault({ match: { operation: "flink.create", name: "copy-1" }, mode: "refuse" });

  expect(await flink.refusal("POST", "", "{")).toBe("400 the body must be JSON");
  expect(await flink.refusal("POST", "", [])).toBe("400 the body must be a JSON object");
  expect(await flink.refusal("POST", "", flink.statement("copy-1"))).toMatch(/^500 /);
});

test("fails: it runs, and then it has failed and says why", async () => {
  const { gateway: flink } = await gateway();
  flink.fault({
    match: { operation: "flink.statement", name: "copy-*" },
    mode: "fails",
    message: "out of memory",
  });
  await flink.submit("other-1");
  await flink.submit("copy-1");
  await flink.submit("copy-2");

  expect(await flink.phases("copy-1", 4)).toEqual(["PENDING", "RUNNING", "FAILED", "FAILED"]);
  expect(status(await flink.get("copy-1"))["detail"]).toBe("out of memory");
  expect(await flink.expect(200, "GET", "/copy-1/exceptions")).toEqual({
    api_version: "sql/v1",
    kind: "StatementExceptionList",
    metadata: { self: `${flink.url}/copy-1/exceptions`, next: "" },
    data: [
      {
        name: "org.apache.flink.util.FlinkRuntimeException",
        message: "org.apache.flink.util.FlinkRuntimeException: out of memory",
        timestamp: "2026-01-01T00:02:00Z",
      },
    ],
  });
  expect(await flink.phases("copy-2", 4)).toEqual(["PENDING", "RUNNING", "RUNNING", "RUNNING"]);
  expect(await flink.expect(200, "GET", "/copy-2/exceptions")).toMatchObject({ data: [] });
  expect(await flink.phases("other-1", 3)).toEqual(["PENDING", "RUNNING", "RUNNING"]);
});

test.each([
  ["fails", 0, ["PENDING", "FAILED", "FAILED", "FAILED"]],
  ["fails", 2, ["PENDING", "RUNNING", "RUNNING", "FAILED"]],
  ["degrades", 0, ["PENDING", "DEGRADED", "DEGRADED", "DEGRADED"]],
  ["degrades", 1, ["PENDING", "RUNNING", "DEGRADED", "DEGRADED"]],
  ["exhausts", 2, ["PENDING", "PENDING", "RUNNING", "RUNNING"]],
  ["exhausts", 0, ["RUNNING", "RUNNING", "RUNNING", "RUNNING"]],
])("%s after %i readings", async (mode, reads, phases) => {
  const { gateway: flink } = await gateway();
  flink.fault({ match: { operation: "flink.statement" }, mode, reads });
  await flink.submit("copy-1");

  expect(await flink.phases("copy-1", 4)).toEqual(phases);
});

test("exhausts: it waits for its pool for ever and says so", async () => {
  const { gateway: flink } = await gateway();
  flink.fault({ match: { operation: "flink.statement" }, mode: "exhausts" });
  await flink.submit("copy-1");
  await flink.phases("copy-1", 5);

  expect(status(await flink.get("copy-1"))).toMatchObject({
    phase: "PENDING",
    detail: "The compute pool has no free resources left.",
    scaling_status: { scaling_state: "POOL_EXHAUSTED" },
  });
  await flink.put("copy-1", { stopped: true });
  expect(status(await flink.until("copy-1", "STOPPED"))).toMatchObject({
    scaling_status: { scaling_state: "OK" },
  });
});

test("degrades: it can still be stopped and resumed, and has an exception", async () => {
  const { gateway: flink } = await gateway();
  flink.fault({ match: { operation: "flink.statement" }, mode: "degrades", reads: 0 });
  await flink.submit("copy-1");
  const degraded = await flink.until("copy-1", "DEGRADED");
  expect(status(degraded)["detail"]).toBe("The sandbox was told to let this statement degrade.");
  expect(await flink.expect(200, "GET", "/copy-1/exceptions")).toMatchObject({
    data: [{ name: "org.apache.flink.util.FlinkRuntimeException" }],
  });
  await flink.put("copy-1", { stopped: true });
  await flink.until("copy-1", "STOPPED");
  await flink.put("copy-1", { stopped: false });

  expect(await flink.phases("copy-1", 3)).toEqual(["PENDING", "RUNNING", "RUNNING"]);
});

test("a fate is for statements that write, and not for those that a client asks for its own sake", async () => {
  const { gateway: flink } = await gateway();
  flink.fault({ match: { operation: "flink.statement" }, mode: "fails", reads: 0 });
  const labels = { "user.confluent.io/hidden": "true" };
  await flink.submit("hidden", copy, { labels });
  await flink.submit("explain", `EXPLAIN ${copy}`);
  await flink.submit("broken", "INSERT INTO 'oops");
  await flink.submit("copy-1");

  expect(await flink.phases("hidden", 3)).toEqual(["PENDING", "RUNNING", "RUNNING"]);
  expect(await flink.phases("explain", 2)).toEqual(["PENDING", "COMPLETED"]);
  expect(phaseIn(await flink.until("copy-1", "FAILED"))).toBe("FAILED");
});

test("a fated statement that waits for another one meets its fate after it", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ stoppingReads: 0 });
  await flink.submit("copy-1");
  await flink.until("copy-1", "RUNNING");
  flink.fault({ match: { operation: "flink.statement" }, mode: "fails" });
  const properties = { "sql.tables.initial-offset-from": "copy-1" };
  await flink.submit("copy-2", copy, { properties });
  expect(await flink.phases("copy-2", 3)).toEqual(["PENDING", "PENDING", "PENDING"]);
  await flink.put("copy-1", { stopped: true });

  expect(await flink.phases("copy-2", 2)).toEqual(["RUNNING", "FAILED"]);
});
