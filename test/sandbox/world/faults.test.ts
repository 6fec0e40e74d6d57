import { parseFaultRule } from "../../../sandbox/world/faults";
import { ProtocolError } from "../../../sandbox/world/protocol";
import { planned } from "./support/planned";
import { Terraform } from "./support/terraform";

const match = { operation: "create", type: "confluent_service_account", name: "writer" } as const;
const writer = { planned: planned.serviceAccount("writer") };

function withFault(rule: object): Terraform {
  const terraform = new Terraform();
  terraform.world.faults.add(parseFaultRule({ match, ...rule }));
  return terraform;
}

test("refuse: nothing happens, and the next try works", async () => {
  const terraform = withFault({ mode: "refuse", message: "429 Too Many Requests" });

  expect(await terraform.call("create", "service_account", writer)).toEqual({
    diagnostics: [{ severity: "error", summary: "429 Too Many Requests" }],
  });
  expect(terraform.world.inventory()).toEqual([]);
  await terraform.create("service_account", writer.planned);
});

test("answer-lost: it happens, and Terraform, which does not know, tries again in vain", async () => {
  const terraform = withFault({ mode: "answer-lost" });

  expect(await terraform.call("create", "service_account", writer)).toEqual({
    diagnostics: [
      { severity: "error", summary: "the sandbox was told to lose the answer to this call" },
    ],
  });
  expect(terraform.world.inventory()).toEqual([expect.objectContaining({ name: "writer" })]);
  expect(await terraform.refusal("create", "service_account", writer)).toContain("409 Conflict");
});

test("fail-after: it happens, and Terraform has the state and an error", async () => {
  const terraform = withFault({ mode: "fail-after", message: "timeout" });

  expect(await terraform.call("create", "service_account", writer)).toEqual({
    state: expect.objectContaining({ display_name: "writer" }),
    diagnostics: [{ severity: "error", summary: "timeout" }],
  });
});

test("delay: it happens later", async () => {
  const terraform = withFault({ mode: "delay", milliseconds: 50 });
  const began = performance.now();
  await terraform.create("service_account", writer.planned);

  expect(performance.now() - began).toBeGreaterThanOrEqual(49);
});

test("a lost delete leaves nothing behind but the state", async () => {
  const terraform = new Terraform();
  const account = await terraform.create("service_account", writer.planned);
  terraform.world.faults.add(
    parseFaultRule({ match: { ...match, operation: "delete" }, mode: "answer-lost" }),
  );

  expect(await terraform.call("delete", "service_account", { prior: account })).not.toHaveProperty(
    "state",
  );
  expect(terraform.world.inventory()).toEqual([]);
});

test.each([
  ["another operation", { ...match, operation: "read" }],
  ["another type", { ...match, type: "confluent_environment" }],
  ["another name", { ...match, name: "reader" }],
])("a rule for %s is not used", async (_case, other) => {
  const terraform = withFault({ match: other, mode: "refuse" });

  expect(await terraform.create("service_account", writer.planned)).toMatchObject({
    display_name: "writer",
  });
});

test("a rule without a name is for all, and for as many calls as it says", async () => {
  const { operation, type } = match;
  const terraform = withFault({ match: { operation, type }, mode: "refuse", times: 2 });
  const tries = [];
  for (const name of ["a", "b", "c"]) {
    const asked = { planned: planned.serviceAccount(name) };
    tries.push((await terraform.call("create", "service_account", asked)).diagnostics.length);
  }

  expect(tries).toEqual([1, 1, 0]);
});

test("an object can be named by its id", async () => {
  const terraform = new Terraform();
  const account = await terraform.create("service_account", writer.planned);
  terraform.world.faults.add(
    parseFaultRule({
      match: { operation: "update", type: match.type, name: account["id"] },
      mode: "refuse",
    }),
  );

  const change = { prior: account, planned: account };
  expect(await terraform.refusal("update", "service_account", change)).toBe(
    "the sandbox was told to refuse this call",
  );
});

test("objects can be named by what their names begin with", async () => {
  const terraform = withFault({ match: { ...match, name: "wri*" }, mode: "refuse" });
  await terraform.create("service_account", planned.serviceAccount("reader"));

  expect((await terraform.call("create", "service_account", writer)).diagnostics).toHaveLength(1);
});

test("cleared rules are gone", async () => {
  const terraform = withFault({ mode: "refuse" });
  terraform.world.faults.clear();

  expect(await terraform.create("service_account", writer.planned)).toMatchObject({
    display_name: "writer",
  });
});

test.each([
  [{}, "a fault rule must be an object with a member match"],
  [
    { match, mode: "explode" },
    'mode must be one of refuse, answer-lost, fail-after, delay, got "explode"',
  ],
  [
    { match: { operation: "flink.get" }, mode: "fail-after" },
    'mode must be one of refuse, drop, answer-lost, delay, got "fail-after"',
  ],
  [
    { match: { operation: "flink.statement" }, mode: "refuse" },
    'mode must be one of fails, degrades, exhausts, got "refuse"',
  ],
  [
    { match: { operation: "flink.get" }, mode: "refuse", status: 200 },
    "status must be a whole number of at least 400, got 200",
  ],
  [
    { match: { operation: "flink.get" }, mode: "refuse", retryAfter: -1 },
    "retryAfter must be a whole number of at least 0, got -1",
  ],
  [
    { match: { operation: "flink.statement" }, mode: "fails", reads: null },
    "reads must be a whole number of at least 0, got null",
  ],
  [{ match, mode: "refuse", times: 0 }, "times must be a whole number of at least 1, got 0"],
  [
    { match, mode: "delay", milliseconds: "1" },
    'milliseconds must be a whole number of at least 0, got "1"',
  ],
  [{ match, mode: "refuse", message: 1 }, "message must be a string"],
  [
    { match: { ...match, operation: "grow" }, mode: "refuse" },
    'match.operation must be one of configure, create, read, update, delete, import, read-data-source, flink.create, flink.get, flink.list, flink.update, flink.delete, flink.results, flink.exceptions, flink.statement, got "grow"',
  ],
  [
    { match: { operation: "read" }, mode: "refuse" },
    "match.type must be a string, and match.name as well where it is given",
  ],
])("fails for the rule %j", (rule, message) => {
  expect(() => parseFaultRule(rule)).toThrow(new ProtocolError(message));
});
