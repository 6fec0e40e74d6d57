import { DataSize } from "../../../constructs/core/data-size";
import { Duration } from "../../../constructs/core/duration";
import {
  FlinkApplication,
  type FlinkApplicationProps,
} from "../../../constructs/patterns/flink-application";
import {
  applicationProps,
  BIG_ORDERS,
  image,
  manifest,
  pipelineOf,
} from "./flink-application-fixture";

const COLUMNS = ["id", "amount"];
const sink = (state: "stateful" | "stateless", columns: readonly string[] = COLUMNS) => ({
  columns,
  state,
});

function refused(change: Partial<FlinkApplicationProps>): () => void {
  return () => {
    const { stack, props } = applicationProps();
    new FlinkApplication(stack, "App", { ...props, ...change });
  };
}

test.each<[Partial<FlinkApplicationProps>, string]>([
  ...["", "a", "Big", "big--orders", "1st", "big_orders", "a".repeat(40)].map(
    (applicationName): [Partial<FlinkApplicationProps>, string] => [
      { applicationName },
      `applicationName must be lower-case words joined by "-", 2 to 39 characters, and start with a letter, got ${JSON.stringify(applicationName)}`,
    ],
  ),
  [
    { timeout: Duration.seconds(901) },
    "timeout must be a whole number of seconds from 1 to 900, got 901",
  ],
  [{ start: new Date(Number.NaN) }, "start must be a time that exists, got an invalid Date"],
  [
    { redeployNonce: "n".repeat(65) },
    `redeployNonce must be at most 64 characters, got "${"n".repeat(65)}"`,
  ],
  [
    { engine: "table-api" },
    "image must be the deployer's, for the engine table-api runs in it, got none",
  ],
  [
    { bake: Duration.seconds(240), timeout: Duration.seconds(300) },
    "bake must be whole seconds, at most 600, and at least a minute shorter than timeout (300000 ms), got 240000 ms",
  ],
  [
    { bake: Duration.milliseconds(1500) },
    "bake must be whole seconds, at most 600, and at least a minute shorter than timeout (300000 ms), got 1500 ms",
  ],
  [
    { properties: { "sql.A": "1", parallelism: "2" } },
    "properties must be named sql.…, in lower-case letters, got sql.A, parallelism",
  ],
  [
    {
      properties: {
        "sql.current-catalog": "c",
        "sql.local-time-zone": "CET",
        "sql.tables.initial-offset-from": "s",
        "sql.tables.scan.startup.mode": "m",
        "sql.state-ttl": "1 h",
      },
    },
    "properties must leave to the deployer where a statement starts and where its tables are, got sql.current-catalog, sql.local-time-zone, sql.tables.initial-offset-from, sql.tables.scan.startup.mode",
  ],
  [
    { properties: { "sql.secrets.openai": "k" } },
    "properties must hold no secrets, for they are in Terraform's state: use a connection, got sql.secrets.openai",
  ],
  [{ takeOver: "Flight Union" }, 'takeOver must be a statement\'s name, got "Flight Union"'],
  [
    { takeOver: "big-orders-big-orders-0123456789" },
    'takeOver must name a statement of somebody else: its own the application takes over by itself, got "big-orders-big-orders-0123456789"',
  ],
])("fails for %j", (change, problem) => {
  expect(refused(change)).toThrow("test/App");
  expect(refused(change)).toThrow(problem);
});

test("L-03: fails for an image that nothing runs in", () => {
  const { stack, props } = applicationProps();
  expect(() => new FlinkApplication(stack, "App", { ...props, image: image(stack) })).toThrow(
    "test/App: image must be left out: the engine compiled needs none, got one",
  );
});

test("H-12: fails for memory in which no JVM starts", () => {
  const { stack, props } = applicationProps();
  const small = { ...props, engine: "table-api" as const, memory: DataSize.mebibytes(1023) };
  expect(() => new FlinkApplication(stack, "App", { ...small, image: image(stack) })).toThrow(
    "test/App: memory must be at least 1073741824 B for the engine table-api, got 1072693248 B",
  );
});

test("fails for a pool in another region", () => {
  const { stack, props } = applicationProps({ poolRegion: "eu-central-1" });
  expect(() => new FlinkApplication(stack, "App", props)).toThrow(
    "test/App: runsAs must name a pool in the region us-east-1, got one in eu-central-1",
  );
});

test("H-02: fails for columns in another order than the table's", () => {
  const pipeline = pipelineOf(manifest({ big_orders: sink("stateless", ["amount", "id"]) }));
  expect(refused({ pipeline })).toThrow(
    new RegExp(
      `^test/App: ${pipeline}/pipeline\\.json: columns of big_orders must be those of .*row\\.avsc in their order \\(id, amount\\), for a statement inserts by place, got amount, id$`,
    ),
  );
});

test("fails for tables that are not given", () => {
  const pipeline = pipelineOf({
    ...manifest({ strangers: sink("stateless") }),
    "pipeline.json": JSON.stringify({
      sources: ["orders", "unknown"],
      sinks: { strangers: sink("stateless") },
    }),
  });
  expect(refused({ pipeline })).toThrow(
    `test/App: ${pipeline}/pipeline.json must name tables that are passed in "tables" (orders, returns, big_orders, totals), got unknown, strangers`,
  );
});

test("fails when offsets are handed over without the state that belongs to them", () => {
  const pipeline = pipelineOf(manifest({ totals: sink("stateful") }));
  expect(refused({ pipeline, strategy: "carry_over" })).toThrow(
    `test/App: strategy must not be carry_over, which hands over offsets and no state: choose replace, recreate or blue_green, got stateful totals in ${pipeline}/pipeline.json`,
  );
});

test.each([
  ["is written again", { totals: sink("stateful") }, "replace" as const, "totals with replace"],
  [
    "is one of two",
    { totals: sink("stateless"), big_orders: sink("stateless") },
    "carry_over" as const,
    "totals, big_orders with carry_over",
  ],
])("fails when a statement that %s takes another's place", (_, sinks, strategy, shown) => {
  const pipeline = pipelineOf(manifest(sinks));
  expect(refused({ pipeline, strategy, takeOver: "other" })).toThrow(
    `test/App: takeOver must be left out unless the pipeline has one sink and the strategy is carry_over: one statement hands over its offsets to one, got ${shown}`,
  );
});

test("fails for sinks after which no statement can be named, or two the same", () => {
  const long = `a${"_long".repeat(20)}`;
  const tables = [`${long}_one`, `${long}_two`, "Big-Orders"].map((name) => ({
    name,
    valueSchema: "pipelines/schemas/flyer_stats.avsc",
  }));
  const columns = ["email_address", "total_flight_duration", "number_of_flights"];
  const sinks = Object.fromEntries(tables.map(({ name }) => [name, sink("stateless", columns)]));
  const pipeline = pipelineOf(manifest(sinks));
  const { stack, props } = applicationProps();
  const build = () =>
    new FlinkApplication(stack, "App", {
      ...props,
      pipeline,
      tables: [...props.tables, ...tables],
    });
  expect(build).toThrow(
    `${pipeline}/pipeline.json: sinks must be lower-case words joined by "_", for statements are named after them, got Big-Orders`,
  );
  const cut = `big-orders-a${"-long".repeat(20)}`.slice(0, 79);
  const { stack: other, props: again } = applicationProps();
  expect(
    () =>
      new FlinkApplication(other, "App", {
        ...again,
        pipeline,
        tables: [...again.tables, ...tables],
      }),
  ).toThrow(
    `${pipeline}/pipeline.json: sinks must differ in what the names of their statements have room for, got ${cut}, ${cut}, big-orders-Big-Orders`,
  );
});

test.each(["Big_orders", "big-orders"])("fails for a pipeline's directory called %s", (name) => {
  const pipeline = pipelineOf(BIG_ORDERS, name);
  expect(refused({ pipeline })).toThrow(
    `test/App: pipeline must be a directory whose name is lower-case words joined by "_", got "${pipeline}"`,
  );
});
