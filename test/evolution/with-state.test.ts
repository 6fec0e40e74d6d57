import { Evolution } from "../../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../../constructs/confluent/flink-statement";
import { Laboratory, type Declaration } from "./support/laboratory";

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
    statement(Evolution.blueGreen({ serving, running, reads: "earliest" }));
  await open(Evolution.blueGreen({ serving: 1, running: [1], reads: "earliest" }));
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
