import { readPipeline } from "../../../constructs/patterns/flink-deployer/pipeline";
import { testStack } from "../../support/synth";
import { BIG_ORDERS, pipelineOf } from "./flink-application-fixture";

const SINKS = { big_orders: { columns: ["id"], state: "stateless" } };

function read(files: Readonly<Record<string, string>>, engine: "compiled" | "table-api") {
  const directory = pipelineOf(files);
  return { directory, pipeline: () => readPipeline(testStack(), directory, engine) };
}

test.each([
  ["compiled", ["compiled/big_orders.sql", "pipeline.json"]],
  ["table-api", ["helpers/times.py", "pipeline.json", "transform.py"]],
] as const)("H-17: the engine %s reads, and hashes, what makes its statements", (engine, paths) => {
  const files = { ...BIG_ORDERS, "helpers/times.py": "", "README.md": "", "old/x.sql": "" };
  const { pipeline } = read(files, engine);
  expect(pipeline().files.map(({ path }) => path)).toEqual(paths);
  expect(pipeline().name).toBe("big_orders");
  expect(read({ ...files, "README.md": "more" }, engine).pipeline().digest).toBe(pipeline().digest);
  expect(read({ ...files, [paths[0]]: "more" }, engine).pipeline().digest).not.toBe(
    pipeline().digest,
  );
});

test("what it reads and writes comes from pipeline.json, in its order", () => {
  expect(read(BIG_ORDERS, "compiled").pipeline()).toMatchObject({
    sources: ["orders", "returns"],
    sinks: [{ name: "big_orders", columns: ["id", "amount"], state: "stateless" }],
  });
});

test.each([
  ["compiled", "compiled/big_orders.sql", ": run npm run pipelines:compile", "pipeline.json"],
  ["table-api", "transform.py", "", "pipeline.json"],
] as const)("fails for the engine %s without %s", (engine, missing, remedy, found) => {
  const { directory, pipeline } = read({ "pipeline.json": BIG_ORDERS["pipeline.json"] }, engine);
  expect(pipeline).toThrow(
    `test: ${directory} must hold ${missing} for the engine ${engine}${remedy}, got ${found}`,
  );
});

test("fails without pipeline.json, and for one that is not JSON", () => {
  const none = read({ "transform.py": "" }, "table-api");
  expect(none.pipeline).toThrow(`test: ${none.directory} must hold pipeline.json, got none`);
  const broken = read({ "pipeline.json": "{", "transform.py": "" }, "table-api");
  expect(broken.pipeline).toThrow(
    `test: ${broken.directory}/pipeline.json must be JSON: SyntaxError: `,
  );
});

test.each<[string, unknown, string]>([
  ["no object", [], "sources must be the names of tables, each once, got undefined"],
  ["no sources", { sinks: SINKS }, "sources must be the names of tables, each once, got undefined"],
  [
    "empty sources",
    { sources: [], sinks: SINKS },
    "sources must be the names of tables, each once, got []",
  ],
  [
    "a source twice",
    { sources: ["a", "a"], sinks: SINKS },
    'sources must be the names of tables, each once, got ["a","a"]',
  ],
  [
    "a source without a name",
    { sources: [""], sinks: SINKS },
    'sources must be the names of tables, each once, got [""]',
  ],
  ["sinks as a list", { sources: ["a"], sinks: [] }, "got []"],
  ["no sinks", { sources: ["a"], sinks: {} }, "got {}"],
  ["a sink as text", { sources: ["a"], sinks: { b: "c" } }, 'got {"b":"c"}'],
  [
    "a sink without columns",
    { sources: ["a"], sinks: { b: { columns: [], state: "stateless" } } },
    'got {"b":{"columns":[],"state":"stateless"}}',
  ],
  [
    "a sink without a state",
    { sources: ["a"], sinks: { b: { columns: ["c"], state: "some" } } },
    'got {"b":{"columns":["c"],"state":"some"}}',
  ],
  [
    "a sink with more",
    { sources: ["a"], sinks: { b: { columns: ["c"], state: "stateful", keys: ["c"] } } },
    'got {"b":{"columns":["c"],"state":"stateful","keys":["c"]}}',
  ],
  [
    "other keys",
    { sources: ["a"], sinks: SINKS, tables: [] },
    "must hold sources and sinks only, got tables",
  ],
])("fails for %s", (_, manifest, problem) => {
  const { directory, pipeline } = read(
    { "pipeline.json": JSON.stringify(manifest), "transform.py": "" },
    "table-api",
  );
  expect(pipeline).toThrow(`test: ${directory}/pipeline.json`);
  expect(pipeline).toThrow(problem);
});
