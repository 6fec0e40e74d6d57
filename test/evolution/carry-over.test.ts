import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Evolution, type CarryOver } from "../../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../../constructs/confluent/flink-statement";
import { copyAbove, Laboratory, oneLine, type Declaration } from "./support/laboratory";
import { FileMemory, MEMORY_FAULT } from "./support/remembering-memory";

jest.setTimeout(120_000);

const STATEMENT = "confluent_flink_statement";

let laboratory: Laboratory;

function copying(choice: Partial<CarryOver> = {}): Declaration {
  return ({ stack, access, directory }) => {
    new FlinkStatement(stack, "Copy", {
      access,
      statementName: "copy",
      directory,
      catalog: "streaming",
      database: "main",
      tables: [{ name: "orders" }, { name: "big_orders" }],
      evolution: Evolution.carryOver({ memory: new FileMemory(stack, "Memory"), ...choice }),
    });
  };
}

beforeEach(async () => {
  laboratory = await Laboratory.open(copying(), "orders", "big_orders");
});

afterEach(() => laboratory.close());

/** The first versions, each of which copies something else. */
function versions(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`v${index + 1}.sql`, copyAbove(index + 1)]),
  );
}

/** The version whose offsets each version was told to take over. */
function predecessors(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(laboratory.calls.submittedProperties).map(([version, properties]) => {
      const from = properties["sql.tables.initial-offset-from"];
      return [version, typeof from === "string" ? /-(v\d+)-/.exec(from)?.[1] : undefined];
    }),
  );
}

/** Takes the roles away that statements have, by hand: whatever runs fails. */
async function revokeRoles(): Promise<void> {
  const { terraform } = laboratory.platform;
  const roles = terraform.world
    .inventory()
    .filter(
      ({ type, crnPattern }) =>
        type === "confluent_role_binding" && /topic=(big_)?orders$/.test(String(crnPattern)),
    );
  for (const { id } of roles) await terraform.delete("role_binding", { id });
}

it("ten changes in a row: each version waits until the last one stops, and begins where that stopped", async () => {
  for (let number = 1; number <= 11; number += 1) {
    laboratory.write(versions(number));
    const changes = await laboratory.deploy();
    const [current, last, forgotten] = [number, number - 1, number - 2].map((n) => `v${n}`);
    expect(changes.filter((change) => !change.startsWith("delete"))).toEqual(
      number === 1 ? [`submit ${current}`] : [`submit ${current}`, `stop ${last}`],
    );
    expect(changes.filter((change) => change.startsWith("delete"))).toEqual(
      number > 2 ? [`delete ${forgotten}`] : [],
    );
    expect(laboratory.statements).toEqual(
      number === 1 ? { v1: "RUNNING" } : { [`${last}`]: "STOPPED", [`${current}`]: "RUNNING" },
    );
    expect(predecessors()[`v${number}`]).toBe(number === 1 ? undefined : last);
    expect(await laboratory.isSettled()).toBe(true);
  }
});

describe("after v1 runs", () => {
  beforeEach(async () => {
    laboratory.write(versions(1));
    await laboratory.deploy();
  });

  it("a version that is refused leaves the last one running, and is proposed again", async () => {
    const match = { operation: "create", type: STATEMENT } as const;
    const { faults } = laboratory.platform.terraform.world;
    faults.add({ match, mode: "refuse", times: 1, milliseconds: 0 });
    laboratory.write(versions(2));
    expect((await laboratory.apply()).exitCode).toBe(1);
    expect(laboratory.calls.changes()).toEqual([]);
    expect(laboratory.statements).toEqual({ v1: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(false);
    expect(await laboratory.deploy()).toEqual(["submit v2", "stop v1"]);
    expect(laboratory.statements).toEqual({ v1: "STOPPED", v2: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("a version that fails leaves the last one running, and may be corrected: it has never run", async () => {
    const broken = {
      ...versions(1),
      "v2.sql": copyAbove(2).replace("(id, amount)", "(id, price)"),
    };
    laboratory.write(broken);
    expect(oneLine((await laboratory.apply()).stderr)).toContain("Unknown target column 'price'");
    expect(laboratory.statements).toEqual({ v1: "RUNNING", v2: "FAILED" });
    laboratory.calls.changes();
    laboratory.write(versions(2));
    expect(await laboratory.deploy()).toEqual(["delete v2", "submit v2", "stop v1"]);
    expect(laboratory.statements).toEqual({ v1: "STOPPED", v2: "RUNNING" });
    expect(predecessors()["v2"]).toBe("v1");
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("killed between submitting and stopping: the new version waits, and the next apply goes on", async () => {
    laboratory.killTerraformAt("update", "v1");
    laboratory.write(versions(2));
    expect((await laboratory.apply()).exitCode).not.toBe(0);
    expect(laboratory.calls.changes()).toEqual(["submit v2"]);
    expect(laboratory.statements).toEqual({ v1: "RUNNING", v2: "PENDING" });
    expect(await laboratory.isSettled()).toBe(false);
    expect(await laboratory.deploy()).toEqual(["stop v1"]);
    expect(laboratory.statements).toEqual({ v1: "STOPPED", v2: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("submitted while nobody heard the answer: the last version runs on, and an import goes on from there", async () => {
    const match = { operation: "create", type: STATEMENT } as const;
    const { faults } = laboratory.platform.terraform.world;
    faults.add({ match, mode: "answer-lost", times: 1, milliseconds: 0 });
    laboratory.write(versions(2));
    expect((await laboratory.apply()).exitCode).toBe(1);
    expect(oneLine((await laboratory.apply()).stderr)).toMatch(
      /Statement copy-v2-[0-9a-f]{10} already exists/,
    );
    expect(laboratory.statements).toEqual({ v1: "RUNNING", v2: "PENDING" });
    await laboratory.adopt("v2");
    laboratory.calls.changes();
    expect(await laboratory.deploy()).toEqual(["stop v1"]);
    expect(laboratory.statements).toEqual({ v1: "STOPPED", v2: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("what was not remembered is remembered by the next apply, and no statement changes", async () => {
    const fault = join(laboratory.directory, MEMORY_FAULT);
    writeFileSync(fault, "");
    laboratory.write(versions(2));
    expect((await laboratory.apply()).exitCode).toBe(1);
    expect(laboratory.calls.changes()).toEqual(["submit v2", "stop v1"]);
    rmSync(fault);
    expect(await laboratory.isSettled()).toBe(false);
    expect(await laboratory.deploy()).toEqual([]);
    expect(laboratory.statements).toEqual({ v1: "STOPPED", v2: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("an environment that skipped a version goes from the one that it runs to the newest", async () => {
    laboratory.write(versions(3));
    expect(await laboratory.deploy()).toEqual(["submit v3", "stop v1"]);
    expect(predecessors()).toEqual({ v1: undefined, v3: "v1" });
    expect(laboratory.statements).toEqual({ v1: "STOPPED", v3: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it.each([
    ["edited in place", { "v1.sql": copyAbove(7) }],
    ["edited in place beside a newer one", { ...versions(2), "v1.sql": copyAbove(7) }],
    ["removed before the environment went on", { "v2.sql": copyAbove(2), "v3.sql": copyAbove(3) }],
  ])("a version that runs and was %s stops the plan with a sentence", async (_, files) => {
    laboratory.write(files);
    expect(await laboratory.planError()).toMatch(
      /pipeline: the statement copy-v1-[0-9a-f]{10} runs, and no version here makes it\. What runs is never edited or removed, .* put them back, and write what is new as the next version; or give its offsets up with a restart\./,
    );
    expect((await laboratory.apply()).exitCode).toBe(1);
    expect(laboratory.calls.changes()).toEqual([]);
    expect(laboratory.statements).toEqual({ v1: "RUNNING" });
  });

  it("rolling back is a version with the text of an earlier one", async () => {
    laboratory.write(versions(2));
    await laboratory.deploy();
    laboratory.write({ ...versions(2), "v3.sql": copyAbove(1) });
    expect((await laboratory.deploy()).toSorted()).toEqual(["delete v1", "stop v2", "submit v3"]);
    expect(predecessors()["v3"]).toBe("v2");
    expect(laboratory.statements).toEqual({ v2: "STOPPED", v3: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("one that has failed since has no offsets to hand over: the next version restarts", async () => {
    laboratory.write(versions(2));
    await laboratory.deploy();
    await revokeRoles();
    expect(laboratory.statements).toEqual({ v1: "STOPPED", v2: "FAILED" });
    laboratory.write(versions(3));
    expect(oneLine((await laboratory.apply()).stderr)).toContain("is FAILED and cannot be stopped");
    const restart = { version: 4, reads: "latest" } as const;
    laboratory.write(versions(4), copying({ restart }));
    expect((await laboratory.apply()).exitCode).toBe(0);
    expect(laboratory.statements).toEqual({ v4: "RUNNING" });
    expect(laboratory.calls.submittedProperties["v4"]).toMatchObject({
      "sql.tables.scan.startup.mode": "latest-offset",
    });
    expect(predecessors()["v4"]).toBeUndefined();
    expect(await laboratory.isSettled()).toBe(true);
    laboratory.calls.changes();
    laboratory.write(versions(5), copying({ restart }));
    expect(await laboratory.deploy()).toEqual(["submit v5", "stop v4"]);
    expect(predecessors()["v5"]).toBe("v4");
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("a version that is withdrawn before it was remembered: the one before runs again", async () => {
    writeFileSync(join(laboratory.directory, MEMORY_FAULT), "");
    laboratory.write(versions(2));
    expect((await laboratory.apply()).exitCode).toBe(1);
    expect(laboratory.statements).toEqual({ v1: "STOPPED", v2: "RUNNING" });
    rmSync(join(laboratory.directory, MEMORY_FAULT));
    laboratory.write(versions(1));
    expect((await laboratory.apply()).exitCode).toBe(0);
    expect(laboratory.statements).toEqual({ v1: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("25 days later the predecessor is deleted, before Confluent forgets it", async () => {
    laboratory.write(versions(2));
    await laboratory.deploy();
    laboratory.pass(24);
    expect(await laboratory.isSettled()).toBe(true);
    laboratory.pass(1);
    expect(await laboratory.deploy()).toEqual(["delete v1"]);
    expect(laboratory.statements).toEqual({ v2: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("T-28: a predecessor that somebody has deleted fails rather than run beside its successor", async () => {
    laboratory.write(versions(2));
    await laboratory.deploy();
    await laboratory.deleteByHand("v1");
    expect(oneLine((await laboratory.apply()).stderr)).toContain(
      "Referenced statement a-stopped-predecessor-is-never-started-again does not exist.",
    );
    expect(laboratory.statements).toEqual({ v1: "FAILED", v2: "RUNNING" });
    laboratory.pass(25);
    await laboratory.deploy();
    expect(laboratory.statements).toEqual({ v2: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("a predecessor that Confluent has forgotten meanwhile is not started again", async () => {
    laboratory.write(versions(2));
    await laboratory.deploy();
    laboratory.pass(35);
    expect(laboratory.statements).toEqual({ v2: "RUNNING" });
    expect(await laboratory.deploy()).toEqual([]);
    laboratory.write(versions(3));
    expect(await laboratory.deploy()).toEqual(["submit v3", "stop v2"]);
    expect(laboratory.statements).toEqual({ v2: "STOPPED", v3: "RUNNING" });
  });

  it("the file of a version that no environment runs any more may go", async () => {
    laboratory.write(versions(2));
    await laboratory.deploy();
    laboratory.write({ "v2.sql": copyAbove(2) });
    expect(await laboratory.deploy()).toEqual(["delete v1"]);
    expect(laboratory.statements).toEqual({ v2: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });
});

it.each([
  ["only a later version", { "v2.sql": copyAbove(2) }],
  ["all versions", versions(2)],
])(
  "a new environment with %s in the directory starts the newest, from nobody",
  async (_, files) => {
    laboratory.write(files);
    expect(await laboratory.deploy()).toEqual(["submit v2"]);
    expect(predecessors()).toEqual({ v2: undefined });
    expect(laboratory.statements).toEqual({ v2: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  },
);

it("roles are there before the statement that needs them, and go after it", async () => {
  laboratory.write(versions(1));
  expect((await laboratory.apply()).exitCode).toBe(0);
  expect(laboratory.calls.order("create")).toEqual(["confluent_role_binding", STATEMENT]);
  laboratory.calls.changes();
  await laboratory.destroy();
  expect(laboratory.calls.order("delete")).toEqual([STATEMENT, "confluent_role_binding"]);
  expect(laboratory.statements).toEqual({});
});
