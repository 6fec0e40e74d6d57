import { FlinkTableOptions, type DeadLetter } from "../../constructs/confluent/flink-table-options";
import { Laboratory, type Declaration } from "./support/laboratory";

jest.setTimeout(120_000);

function options(deadLetter: DeadLetter): Declaration {
  return ({ stack, access }) => {
    new FlinkTableOptions(stack, "Options", {
      access,
      table: { name: "orders" },
      catalog: "streaming",
      database: "main",
      deadLetter,
      lateData: "filter",
    });
  };
}

let laboratory: Laboratory;

beforeEach(async () => {
  const declare = options({ mode: "log", table: { name: "dead_orders" } });
  laboratory = await Laboratory.open(declare, "orders", "dead_orders");
  laboratory.synthesize();
});

afterEach(() => laboratory.close());

/** The phases of the statements that exist, and what each is. */
function statements(): readonly string[] {
  return laboratory.platform.terraform.world
    .inventory()
    .filter(({ type }) => type === "confluent_flink_statement")
    .map(({ name, phase }) => `${name.replace(/-[0-9a-f]{10}$/, "")} ${String(phase)}`);
}

it("what a table does with dead letters is set once, and stays set", async () => {
  await laboratory.deploy();
  expect(statements()).toEqual(["orders-options COMPLETED"]);
  expect(await laboratory.isSettled()).toBe(true);
});

it("other options are another statement", async () => {
  await laboratory.deploy();
  laboratory.synthesize(options({ mode: "fail" }));
  expect(await laboratory.isSettled()).toBe(false);
  await laboratory.deploy();
  expect(statements()).toEqual(["orders-options COMPLETED"]);
  expect(await laboratory.isSettled()).toBe(true);
});

it("a month later Confluent has forgotten the statement, and it is set again, which changes nothing", async () => {
  await laboratory.deploy();
  laboratory.pass(31);
  expect(await laboratory.isSettled()).toBe(false);
  await laboratory.deploy();
  expect(await laboratory.isSettled()).toBe(true);
});
