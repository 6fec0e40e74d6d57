import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { analytics, copy, failureOf, waiting, type Analytics } from "../support/analytics";
import { planned } from "../support/planned";

const NEVER = "0001-01-01T00:00:00Z";

describe("with its arguments in the provider block", () => {
  test("the provider's principal and pool count, and the state holds nothing about the call", async () => {
    const { platform, flink } = await analytics();
    const { terraform, ids } = platform;
    const statement = await terraform.create(
      "flink_statement",
      planned.statement("copy-1", copy),
      flink,
    );

    expect(statement).toEqual({
      ...planned.statement("copy-1", copy),
      id: `${ids.environment}/${ids.pool}/copy-1`,
      properties_sensitive: {},
      stopped: false,
      organization: [],
      environment: [],
      compute_pool: [],
      principal: [],
      latest_offsets: {},
      latest_offsets_timestamp: NEVER,
    });
    expect(await terraform.read("flink_statement", statement, flink)).toEqual(statement);
  });

  test("the resource's own principal and pool reach the state only", async () => {
    const { platform, flink, administrator } = await analytics();
    const own = { principal: [{ id: "sa-other" }], compute_pool: [{ id: "lfcp-other" }] };
    const statement = await platform.terraform.create(
      "flink_statement",
      planned.statement("copy-1", copy, own),
      flink,
    );

    expect(statement).toMatchObject(own);
    expect(
      platform.terraform.world.inventory().find(({ type }) => type === "confluent_flink_statement"),
    ).toMatchObject({
      principalId: administrator,
      computePoolId: platform.ids.pool,
      phase: "RUNNING",
    });
  });

  test("can be imported by its bare name", async () => {
    const { platform, flink } = await analytics();
    const { terraform } = platform;
    const statement = await terraform.create(
      "flink_statement",
      planned.statement("copy-1", copy),
      flink,
    );
    const { state } = await terraform.call("import", "flink_statement", {
      id: "copy-1",
      configuration: flink,
    });

    expect({ credentials: [], rest_endpoint: null, timeouts: null, ...state }).toEqual(statement);
  });
});

test("with its own arguments, the state holds them", async () => {
  const { platform, flink, administrator } = await analytics();
  const own = {
    organization: [{ id: platform.ids.organization }],
    environment: [{ id: platform.ids.environment }],
    compute_pool: [{ id: platform.ids.pool }],
    principal: [{ id: administrator }],
    rest_endpoint: "https://flink.us-east-1.aws.confluent.cloud",
    credentials: [{ key: text(flink, "flink_api_key"), secret: text(flink, "flink_api_secret") }],
  };
  const statement = await platform.terraform.create(
    "flink_statement",
    planned.statement("copy-1", copy, own),
  );

  expect(statement).toMatchObject(own);
  expect(await platform.terraform.read("flink_statement", statement)).toEqual(statement);
});

test("an omitted pool is the environment's default pool", async () => {
  const { platform, flink, administrator } = await analytics();
  const own = {
    organization: [{ id: platform.ids.organization }],
    environment: [{ id: platform.ids.environment }],
    principal: [{ id: administrator }],
    rest_endpoint: "https://flink.us-east-1.aws.confluent.cloud",
    credentials: [{ key: text(flink, "flink_api_key"), secret: text(flink, "flink_api_secret") }],
  };
  const { terraform, ids } = platform;
  const statement = planned.statement("copy-1", copy, own);

  expect(await terraform.refusal("create", "flink_statement", { planned: statement })).toContain(
    "404 Not Found: No default compute pool was found.",
  );
  await terraform.update("flink_compute_pool", platform.pool, { default_pool: true });
  expect(await terraform.create("flink_statement", statement)).toMatchObject({
    compute_pool: [{ id: ids.pool }],
  });
});

test("without a name it gets one", async () => {
  const { platform, flink } = await analytics();
  const statement = await platform.terraform.create(
    "flink_statement",
    planned.statement("", copy, { statement_name: { $unknown: true } }),
    flink,
  );

  expect(text(statement, "statement_name")).toMatch(/^tf-2026-01-01-000000-[\da-f-]{36}$/);
});

test("sensitive properties are sent and not shown among the others", async () => {
  const { platform, flink } = await analytics();
  const statement = await platform.terraform.create(
    "flink_statement",
    planned.statement("copy-1", copy, { properties_sensitive: { "sql.secrets.openai": "hush" } }),
    flink,
  );

  expect(statement).toMatchObject({
    properties: planned.statement("", "")["properties"],
    properties_sensitive: { "sql.secrets.openai": "hush" },
  });
});

test.each<
  [
    string,
    (names: Analytics) => { more?: TerraformObject; configuration?: TerraformObject },
    string,
  ]
>([
  [
    "a pool that does not exist",
    () => ({ configuration: { flink_compute_pool_id: "lfcp-none" } }),
    "404 Not Found: The compute pool lfcp-none was not found.",
  ],
  [
    "a principal that does not exist",
    () => ({ configuration: { flink_principal_id: "sa-none" } }),
    "403 Forbidden: Forbidden Access",
  ],
  [
    "another organization",
    () => ({ configuration: { organization_id: "other" } }),
    "404 Not Found: Resource Not Found",
  ],
  [
    "another environment",
    () => ({ configuration: { environment_id: "env-none" } }),
    "401 Unauthorized: Unauthorized",
  ],
  [
    "an endpoint that is none",
    () => ({ configuration: { flink_rest_endpoint: "https://flink.mars-1.aws.confluent.cloud" } }),
    "dial tcp: lookup flink.mars-1.aws.confluent.cloud: no such host",
  ],
  [
    "another region's endpoint",
    () => ({
      configuration: { flink_rest_endpoint: "https://flink.eu-west-1.aws.confluent.cloud" },
    }),
    "401 Unauthorized: Unauthorized",
  ],
  [
    "a wrong secret",
    () => ({ configuration: { flink_api_secret: "guess" } }),
    "401 Unauthorized: Unauthorized",
  ],
  [
    "a key of the cluster",
    ({ streams }) => ({
      configuration: {
        flink_api_key: text(streams, "kafka_api_key"),
        flink_api_secret: text(streams, "kafka_api_secret"),
      },
    }),
    "401 Unauthorized: Unauthorized",
  ],
  [
    "a name in capitals",
    () => ({ more: { statement_name: "Copy" } }),
    '400 Bad Request: Invalid statement name "Copy"',
  ],
  [
    "a name of 101 characters",
    () => ({ more: { statement_name: "a".repeat(101) } }),
    "400 Bad Request: Invalid statement name",
  ],
  [
    "a text of more than 131072 characters",
    () => ({ more: { statement: copy + " ".repeat(131_072) } }),
    "400 Bad Request: Statement text is longer than 131072 characters",
  ],
])("fails for %s, and makes nothing", async (_case, change, message) => {
  const names = await analytics();
  const { more = {}, configuration = {} } = change(names);
  const { terraform } = names.platform;

  expect(
    await terraform.refusal("create", "flink_statement", {
      planned: planned.statement("copy-1", copy, more),
      configuration: { ...names.flink, ...configuration },
    }),
  ).toContain(`error creating Flink Statement "": ${message}`);
  expect(terraform.world.inventory().map(({ type }) => type)).not.toContain(
    "confluent_flink_statement",
  );
});

test("fails when the name is taken in the environment", async () => {
  const { platform, flink } = await analytics();
  await platform.terraform.create("flink_statement", planned.statement("copy-1", copy), flink);

  expect(
    await platform.terraform.refusal("create", "flink_statement", {
      planned: planned.statement("copy-1", "SELECT * FROM orders"),
      configuration: flink,
    }),
  ).toBe('error creating Flink Statement "": 409 Conflict: Statement copy-1 already exists');
});

test.each([
  [
    "CREATE TABLE t (x INT)",
    "The sandbox cannot execute CREATE TABLE statements: it runs INSERT, statement sets, SELECT and ALTER TABLE … SET.",
  ],
  ["INSERT INTO t VALUES (1", "SQL parse failed. unclosed ( at line 1, column 22"],
])("%s fails rather than pretend to run", async (sql, detail) => {
  expect(await failureOf(await analytics(), sql)).toBe(waiting + detail);
});

test("a statement set reads and writes all of its tables", async () => {
  const { platform, flink } = await analytics();
  const sql =
    "EXECUTE STATEMENT SET BEGIN INSERT INTO big_orders SELECT * FROM orders; INSERT INTO orders SELECT * FROM nothing; END";

  expect(await failureOf({ platform, flink }, sql)).toContain("'nothing' does not exist");
});

test("a failed statement is kept, can be deleted, and then its name is free", async () => {
  const names = await analytics();
  const { platform, flink } = names;
  const { terraform } = platform;
  await failureOf(names, "SELECT * FROM nothing");
  const [failed] = terraform.world.inventory().filter(({ name }) => name === "failing");
  expect(failed).toMatchObject({ phase: "FAILED" });

  const prior = {
    id: `${platform.ids.environment}/${platform.ids.pool}/failing`,
    statement_name: "failing",
  };
  await terraform.delete("flink_statement", prior, flink);
  await terraform.create(
    "flink_statement",
    planned.statement("failing", "SELECT * FROM orders"),
    flink,
  );
});

test("one that is gone reads as gone and cannot be deleted again", async () => {
  const { platform, flink } = await analytics();
  const { terraform } = platform;
  const prior = await terraform.create("flink_statement", planned.statement("copy-1", copy), flink);
  await terraform.delete("flink_statement", prior, flink);

  expect(await terraform.read("flink_statement", prior, flink)).toBeNull();
  expect(
    await terraform.refusal("delete", "flink_statement", { prior, configuration: flink }),
  ).toBe(
    'error deleting Flink Statement "copy-1": 404 Not Found: Statement resource=copy-1 does not exist',
  );
});
