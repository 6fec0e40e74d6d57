import { Evolution } from "../../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../../constructs/confluent/flink-statement";
import { Laboratory, oneLine, type Declaration } from "./support/laboratory";
import { FileMemory } from "./support/remembering-memory";

jest.setTimeout(120_000);

/** A statement that counts: it cannot take over what another one has counted. */
function totals(above: number, sink = "totals"): string {
  return `INSERT INTO ${sink} (id, amount) SELECT id, SUM(amount) FROM orders WHERE amount > ${above} GROUP BY id`;
}

function statement(evolution: Evolution): Declaration {
  return ({ stack, access, directory }) => {
    new FlinkStatement(stack, "Totals", {
      access,
      statementName: "totals",
      directory,
      catalog: "streaming",
      database: "main",
      tables: [{ name: "orders" }, { name: "totals" }, { name: "totals_v2" }],
      evolution,
    });
  };
}

function sideBySide(serving: number, ...running: readonly number[]): Evolution {
  const starts = running.map((version) => [version, "earliest"] as const);
  return Evolution.blueGreen({ serving, running: Object.fromEntries(starts) });
}

/** A statement without state, and a version of it that counts. */
const WITHOUT_STATE = "INSERT INTO totals (id, amount) SELECT id, amount FROM orders";

let laboratory: Laboratory;

const open = async (evolution: Evolution): Promise<void> => {
  laboratory = await Laboratory.open(statement(evolution), "orders", "totals", "totals_v2");
};

afterEach(() => laboratory.close());

it("recreated: the last version is deleted before the next one begins where it is told", async () => {
  await open(Evolution.recreate({ state: "discarded", reads: "latest" }));
  laboratory.write({ "v1.sql": totals(1) });
  expect(await laboratory.deploy()).toEqual(["submit v1"]);
  laboratory.write({ "v1.sql": totals(1), "v2.sql": totals(2) });
  expect(await laboratory.deploy()).toEqual(["delete v1", "submit v2"]);
  expect(laboratory.statements).toEqual({ v2: "RUNNING" });
  expect(laboratory.calls.submittedProperties["v2"]).toEqual({
    "sql.current-catalog": "streaming",
    "sql.current-database": "main",
    "sql.tables.scan.startup.mode": "latest-offset",
  });
  expect(await laboratory.isSettled()).toBe(true);
});

it("side by side: the next version fills a table of its own, and the last one is retired later", async () => {
  const run = (serving: number, ...running: number[]): Declaration =>
    statement(sideBySide(serving, ...running));
  await open(sideBySide(1, 1));
  const files = { "v1.sql": totals(1), "v2.sql": totals(2, "totals_v2") };

  laboratory.write(files);
  expect(await laboratory.deploy()).toEqual(["submit v1"]);
  laboratory.synthesize(run(1, 1, 2));
  expect(await laboratory.deploy()).toEqual(["submit v2"]);
  expect(laboratory.statements).toEqual({ v1: "RUNNING", v2: "RUNNING" });
  expect(await laboratory.isSettled()).toBe(true);
  laboratory.synthesize(run(2, 1, 2));
  expect(await laboratory.isSettled()).toBe(true);
  laboratory.synthesize(run(2, 2));
  expect(await laboratory.deploy()).toEqual(["delete v1"]);
  expect(laboratory.statements).toEqual({ v2: "RUNNING" });
  expect(await laboratory.isSettled()).toBe(true);
});

describe("after versions without state carried over", () => {
  beforeEach(async () => {
    laboratory = await Laboratory.open(
      (props) => {
        const memory = new FileMemory(props.stack, "Memory");
        statement(Evolution.carryOver({ memory }))(props);
      },
      ...["orders", "totals", "totals_v2"],
    );
    laboratory.write({ "v1.sql": `${WITHOUT_STATE} WHERE amount > 1` });
    await laboratory.deploy();
    laboratory.write({ "v1.sql": `${WITHOUT_STATE} WHERE amount > 1`, "v2.sql": WITHOUT_STATE });
    await laboratory.deploy();
    laboratory.pass(26);
    await laboratory.deploy();
    laboratory.calls.changes();
  });

  it("one with state runs beside them, and what runs is left alone", async () => {
    const both = Evolution.blueGreen({ serving: 2, running: { 2: "unchanged", 3: "earliest" } });
    laboratory.write(
      { "v2.sql": WITHOUT_STATE, "v3.sql": totals(3, "totals_v2") },
      statement(both),
    );
    expect(await laboratory.isSettled()).toBe(false);
    const { exitCode, stderr } = await laboratory.apply();
    expect({ exitCode, stderr: oneLine(stderr) }).toEqual({ exitCode: 0, stderr: "" });
    expect(laboratory.calls.changes()).toEqual(["submit v3"]);
    expect(laboratory.statements).toEqual({ v2: "RUNNING", v3: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });

  it("one with state replaces them, which loses what they were at", async () => {
    const anew = Evolution.recreate({ state: "discarded", reads: "latest" });
    laboratory.write({ "v2.sql": WITHOUT_STATE, "v3.sql": totals(3) }, statement(anew));
    // Two addresses: nothing orders them.
    expect((await laboratory.deploy()).toSorted()).toEqual(["delete v2", "submit v3"]);
    expect(laboratory.statements).toEqual({ v3: "RUNNING" });
    expect(await laboratory.isSettled()).toBe(true);
  });
});
