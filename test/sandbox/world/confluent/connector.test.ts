import { readFileSync } from "node:fs";
import { join } from "node:path";

import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { failureOf, run } from "../support/analytics";
import { orderSchema, planned } from "../support/planned";
import { create, found, needed, trades, type Trades } from "../support/trades";

test("the state holds everything that the schema declares", async () => {
  const names = await trades();
  const connector = await create(names);

  expect(connector).toEqual({
    ...names.planned(),
    id: expect.stringMatching(/^lcc-[a-z0-9]{5}$/),
    status: "RUNNING",
    config_sensitive: {},
  });
  expect(await names.platform.terraform.read("connector", connector)).toEqual(connector);
});

test("registers the schema of its rows, so that its topic is a table", async () => {
  const names = await trades();
  await create(names);
  const administrator = await names.platform.administrator("analyst");
  const flink = await names.platform.flink(administrator);

  expect(
    await run({ platform: names.platform, flink }, "SELECT symbol, price FROM stock_trades"),
  ).toMatchObject({ stopped: false });
  expect(
    await failureOf(
      { platform: names.platform, flink },
      "INSERT INTO stock_trades (company) SELECT symbol FROM stock_trades",
    ),
  ).toContain("Unknown target column 'company'");
});

test.each([
  ["JSON_SR", "JSON"],
  ["PROTOBUF", "PROTOBUF"],
])("registers %s as %s", async (format, registered) => {
  const names = await trades();
  await create(names, { "output.data.format": format });
  const state = {
    id: `${names.platform.ids.registry}/stock_trades-value/latest`,
    subject_name: "stock_trades-value",
  };

  expect(await names.platform.terraform.read("schema", state, names.streams)).toMatchObject({
    format: registered,
    version: 1,
  });
});

test("plain JSON has no schema and needs no role on one", async () => {
  const names = await trades(needed.slice(0, 1));
  await create(names, { "output.data.format": "JSON" });

  expect(
    names.platform.terraform.world.inventory().some(({ type }) => type === "confluent_schema"),
  ).toBe(false);
});

test("a subject with the same schema gets no second version, and one with another fails it", async () => {
  const names = await trades();
  const { terraform, ids } = names.platform;
  const first = await create(names);
  await terraform.delete("connector", first);
  await create(names);
  const latest = {
    id: `${ids.registry}/stock_trades-value/latest`,
    subject_name: "stock_trades-value",
  };
  expect(await terraform.read("schema", latest, names.streams)).toMatchObject({ version: 1 });

  const others = await trades();
  await others.platform.terraform.create(
    "schema",
    planned.schema("stock_trades-value", orderSchema),
    others.streams,
  );
  const { state, diagnostics } = await others.platform.terraform.call("create", "connector", {
    planned: others.planned(),
  });
  expect(diagnostics[0]?.summary).toMatch(
    /^error waiting for Connector "trades" to provision: connector "lcc-\w+" provisioning status is "FAILED": error validating a schema: \[\{oldSchemaVersion: 1\}/,
  );
  expect(state).toMatchObject({ status: "FAILED" });
});

describe("that registers no schema of its own", () => {
  const settings = { "value.converter.auto.register.schemas": "false" };

  test("needs no more than to read the one that is there", async () => {
    const names = await trades(needed.slice(0, 2));
    const trade = readFileSync(
      join(__dirname, "..", "..", "..", "..", "pipelines", "schemas", "stock_trade.avsc"),
      "utf8",
    );
    await names.platform.terraform.create(
      "schema",
      planned.schema("stock_trades-value", trade),
      names.streams,
    );

    expect(await create(names, settings)).toMatchObject({ status: "RUNNING" });
  });

  test("fails where there is none", async () => {
    const names = await trades();
    const { diagnostics } = await names.platform.terraform.call("create", "connector", {
      planned: names.planned(settings),
    });

    expect(diagnostics[0]?.summary).toContain(
      `"FAILED": Subject stock_trades-value not found in ${names.platform.ids.registry}.`,
    );
  });
});

describe("the config", () => {
  async function refused(config: TerraformObject, more?: TerraformObject): Promise<string> {
    const names = await trades();
    return names.platform.terraform.refusal("create", "connector", {
      planned: names.planned(config, more),
    });
  }

  test("is refused with every bad key", async () => {
    expect(
      await refused({
        "connector.class": null,
        "tasks.max": "0",
        "kafka.auth.mode": "GUESS",
      }),
    ).toBe(
      'error creating Connector "trades": error validating Connector config: "connector.class" is required; ' +
        '"kafka.auth.mode" must be one of SERVICE_ACCOUNT, KAFKA_API_KEY; ' +
        '"tasks.max" must be a whole number of at least 1',
    );
  });

  test("of Datagen needs its topic, format and sample", async () => {
    expect(
      await refused({
        "kafka.topic": null,
        "output.data.format": "CSV",
        quickstart: "NONE",
        "max.interval": "soon",
      }),
    ).toBe(
      'error creating Connector "trades": error validating Connector config: "kafka.topic" is required; ' +
        '"max.interval" must be a whole number of at least 1; ' +
        '"output.data.format" must be one of JSON, AVRO, JSON_SR, PROTOBUF; ' +
        '"quickstart" must be one of ORDERS, PAGEVIEWS, RATINGS, STOCK_TRADES, USERS',
    );
  });

  test("names an account by its id", async () => {
    expect(await refused({ "kafka.service.account.id": "connector" })).toContain(
      '"kafka.service.account.id" must be the id of a service account, sa-…',
    );
  });

  test("of another class needs only what all have in common", async () => {
    const names = await trades();

    expect(
      await create(names, {
        "connector.class": "PostgresSource",
        "kafka.topic": null,
        "output.data.format": null,
        quickstart: null,
      }),
    ).toMatchObject({ status: "RUNNING" });
  });
});

describe("fails with a trace", () => {
  async function traceOf(names: Trades, ...change: readonly TerraformObject[]): Promise<string> {
    const { diagnostics } = await names.platform.terraform.call("create", "connector", {
      planned: names.planned(...change),
    });
    expect(diagnostics).toHaveLength(1);
    return diagnostics[0]?.summary.split('"FAILED": ')[1] ?? "";
  }

  test.each([
    [0, "Write", "topic"],
    [1, "Read", "subject"],
    [2, "Write", "subject"],
  ])("without role number %d: it may not %s its %s", async (left, operation, on) => {
    const names = await trades(needed.filter((_grant, index) => index !== left));
    const crn =
      on === "topic"
        ? names.platform.topicCrn("stock_trades")
        : names.platform.subjectCrn("stock_trades-value");
    const trace = await traceOf(names);

    expect(trace).toContain(`${names.account} may not ${operation} ${crn}; roles that allow it: `);
    expect(trace.match(/may not/g)).toHaveLength(1);
  });

  test("without its topic", async () => {
    const names = await trades();

    expect(await traceOf(names, { "kafka.topic": "nothing" })).toBe(
      `Topic nothing does not exist in ${names.platform.ids.cluster}.`,
    );
  });

  test("without its account", async () => {
    expect(await traceOf(await trades(), { "kafka.service.account.id": "sa-none" })).toBe(
      '"sa-none" does not exist',
    );
  });

  test("without a key that opens the cluster", async () => {
    const names = await trades();
    const key = { "kafka.auth.mode": "KAFKA_API_KEY", "kafka.api.key": "NONE" };

    expect(
      await traceOf(names, key, { config_sensitive: { "kafka.api.secret": "guess-1234" } }),
    ).toBe('API key "NONE" does not exist');
  });

  test("as a sink without Read on its topics and its group", async () => {
    const names = await trades();
    const sink = {
      "connector.class": "S3_SINK",
      "kafka.topic": null,
      "output.data.format": "JSON",
      topics: "stock_trades",
    };
    const trace = await traceOf(names, sink);

    expect(trace).toContain(`may not Read ${names.platform.topicCrn("stock_trades")}; `);
    expect(trace).toMatch(/may not Read \S+\/group=connect-lcc-\w{5};/);
  });
});

test("works as the owner of an API key, whose secret is written down nowhere", async () => {
  const names = await trades();
  const { platform } = names;
  const key = await platform.key(names.account, "cluster");
  const connector = await create(
    names,
    { "kafka.auth.mode": "KAFKA_API_KEY", "kafka.api.key": text(key, "id") },
    {
      config_sensitive: {
        "kafka.api.secret": text(key, "secret"),
        "datagen.license": "planted-secret",
      },
    },
  );

  expect(connector).toMatchObject({
    status: "RUNNING",
    config_sensitive: { "datagen.license": "planted-secret" },
  });
  expect(await platform.terraform.read("connector", connector)).toEqual(connector);
  expect(Object.keys(connector["config_nonsensitive"] ?? {})).not.toContain("datagen.license");
  const journal = readFileSync(platform.terraform.journalFile, "utf8");
  expect(journal).not.toContain("planted-secret");
  expect(JSON.stringify(platform.terraform.world.inventory())).not.toContain("planted-secret");
});

test("one that is gone reads as gone and cannot be deleted again", async () => {
  const names = await trades();
  const { terraform } = names.platform;
  const connector = await create(names);
  await terraform.delete("connector", connector);

  expect(await terraform.read("connector", connector)).toBeNull();
  expect(await terraform.refusal("delete", "connector", { prior: connector })).toBe(
    `error deleting Connector "${text(connector, "id")}": 404 Not Found: Connector trades not found`,
  );
});

test("goes with its cluster", async () => {
  const names = await trades();
  await create(names);
  await names.platform.terraform.delete("kafka_cluster", names.platform.cluster);

  expect(found(names)).toBeUndefined();
});

test("needs a cluster of its environment", async () => {
  const names = await trades();
  const other = await names.platform.terraform.create("environment", planned.environment("other"));

  expect(
    await names.platform.terraform.refusal("create", "connector", {
      planned: names.planned({}, { environment: [{ id: text(other, "id") }] }),
    }),
  ).toContain("403 Forbidden: Forbidden Access");
});

test("can be imported by environment, cluster and name", async () => {
  const names = await trades();
  const { terraform, ids } = names.platform;
  const connector = await create(names);
  const { state } = await terraform.call("import", "connector", {
    id: `${ids.environment}/${ids.cluster}/trades`,
  });

  expect({ timeouts: null, ...state }).toEqual(connector);
  expect(await terraform.refusal("import", "connector", { id: "trades" })).toContain(
    "invalid format: expected '<env ID>/<Kafka cluster ID>/<connector name>'",
  );
});
