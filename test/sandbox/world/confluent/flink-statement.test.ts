import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { Platform, planned } from "../support/platform";

const copy = "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders WHERE amount > 100";
const NEVER = "0001-01-01T00:00:00Z";

interface Analytics {
  readonly platform: Platform;
  /** Provider block of the account that submits and runs statements. */
  readonly flink: TerraformObject;
  readonly streams: TerraformObject;
  readonly administrator: string;
}

/** The tables `orders` and `big_orders`, and an administrator's Flink access. */
async function analytics(): Promise<Analytics> {
  const platform = await Platform.create();
  const administrator = await platform.administrator();
  const streams = await platform.streams(administrator);
  await platform.tables(streams, "orders", "big_orders");
  return { platform, administrator, streams, flink: await platform.flink(administrator) };
}

/** What a statement of the text fails with. */
async function failureOf(
  { platform, flink }: Pick<Analytics, "platform" | "flink">,
  sql: string,
  more: TerraformObject = {},
): Promise<string> {
  const { state, diagnostics } = await platform.terraform.call("create", "flink_statement", {
    planned: planned.statement("failing", sql, more),
    configuration: flink,
  });
  expect(state).toMatchObject({ statement_name: "failing" });
  return diagnostics.map(({ summary }) => summary).join("\n");
}

const waiting =
  'error waiting for Flink Statement "failing" to provision: Flink Statement "failing" provisioning status is "FAILED": ';

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

describe("submitting", () => {
  async function submitter(
    platform: Platform,
    ...grants: readonly (readonly [string, string])[]
  ): Promise<string> {
    const id = await platform.account("submitter");
    for (const [role, crn] of grants) {
      await platform.grant(id, role, crn);
    }
    return id;
  }

  const rolesOn: Record<string, (platform: Platform) => string> = {
    "the environment": ({ environment }) => text(environment, "resource_name"),
    "the pool": ({ pool }) => text(pool, "resource_name"),
    "the organization": ({ organization }) => text(organization, "resource_name"),
  };

  test.each([
    ["FlinkDeveloper", "the environment"],
    ["FlinkDeveloper", "the pool"],
    ["FlinkDeveloper", "the organization"],
    ["FlinkAdmin", "the environment"],
  ])("%s on %s may submit for a principal that it is Assigner of", async (role, where) => {
    const { platform, administrator } = await analytics();
    const assigner = `${text(platform.organization, "resource_name")}/service-account=${administrator}`;
    const id = await submitter(
      platform,
      [role, rolesOn[where]?.(platform) ?? ""],
      ["Assigner", assigner],
    );

    expect(
      await platform.terraform.create(
        "flink_statement",
        planned.statement("copy-1", copy),
        await platform.flink(id, administrator),
      ),
    ).toMatchObject({ stopped: false });
  });

  test("fails without a Flink role", async () => {
    const { platform } = await analytics();
    const id = await submitter(platform);

    expect(
      await platform.terraform.refusal("create", "flink_statement", {
        planned: planned.statement("copy-1", copy),
        configuration: await platform.flink(id),
      }),
    ).toBe(
      'error creating Flink Statement "": 403 Forbidden: Forbidden Access\n' +
        `${id} may not Create ${text(platform.pool, "resource_name")}/statement=copy-1; ` +
        "roles that allow it: OrganizationAdmin, EnvironmentAdmin, FlinkAdmin, FlinkDeveloper",
    );
  });

  test("fails for another principal without Assigner on it", async () => {
    const { platform, administrator } = await analytics();
    const id = await submitter(platform, [
      "FlinkDeveloper",
      text(platform.environment, "resource_name"),
    ]);

    expect(
      await platform.terraform.refusal("create", "flink_statement", {
        planned: planned.statement("copy-1", copy),
        configuration: await platform.flink(id, administrator),
      }),
    ).toBe(
      'error creating Flink Statement "": 403 Forbidden: Forbidden Access\n' +
        `${id} may not Assign ${text(platform.organization, "resource_name")}/service-account=${administrator}; ` +
        "roles that allow it: OrganizationAdmin, Assigner",
    );
  });

  test("a statement that the key may not see reads as gone; changing and deleting it fails", async () => {
    const { platform, flink } = await analytics();
    const { terraform } = platform;
    const prior = await terraform.create(
      "flink_statement",
      planned.statement("copy-1", copy),
      flink,
    );
    const configuration = await platform.flink(await submitter(platform));

    expect(await terraform.read("flink_statement", prior, configuration)).toBeNull();
    expect(
      await terraform.refusal("delete", "flink_statement", { prior, configuration }),
    ).toContain('error deleting Flink Statement "copy-1": 403 Forbidden: Forbidden Access');
    expect(
      await terraform.refusal("update", "flink_statement", {
        prior,
        planned: { ...prior, stopped: true },
        configuration,
      }),
    ).toContain(
      "error stopping Flink Statement: error fetching Flink Statement: 403 Forbidden: Forbidden Access",
    );
  });

  test("a key that no longer exists is an error, also when reading", async () => {
    const { platform, flink } = await analytics();
    const { terraform } = platform;
    const state = await terraform.create(
      "flink_statement",
      planned.statement("copy-1", copy),
      flink,
    );
    await terraform.delete("api_key", { id: text(flink, "flink_api_key") });

    expect(
      await terraform.refusal("read", "flink_statement", { state, configuration: flink }),
    ).toContain(
      `error reading Flink Statement "${text(state, "id")}": 401 Unauthorized: Unauthorized`,
    );
  });
});

describe("the principal's permissions", () => {
  const needed = [
    ["DeveloperRead", "topic orders"],
    ["DeveloperRead", "subject orders-value"],
    ["DeveloperWrite", "topic big_orders"],
    ["DeveloperRead", "subject big_orders-value"],
    ["DeveloperRead", "transactional-id _confluent-flink_*"],
    ["DeveloperWrite", "transactional-id _confluent-flink_*"],
  ] as const;

  async function principalWith(
    platform: Platform,
    grants: readonly (readonly [string, string])[],
  ): Promise<string> {
    const id = await platform.account("runner");
    await platform.grant(id, "FlinkDeveloper", text(platform.environment, "resource_name"));
    for (const [role, resource] of grants) {
      const [type = "", name = ""] = resource.split(" ");
      const crn = type === "subject" ? platform.subjectCrn(name) : platform.topicCrn(name, type);
      await platform.grant(id, role, crn);
    }
    return id;
  }

  test("the documented ones are enough", async () => {
    const { platform } = await analytics();
    const id = await principalWith(platform, needed);

    await platform.terraform.create(
      "flink_statement",
      planned.statement("copy-1", copy),
      await platform.flink(id),
    );
  });

  test.each<[number, string, string]>([
    [0, "Table 'orders' cannot be read", "Read T/topic=orders"],
    [1, "Table 'orders' cannot be read", "Read S/subject=orders-value"],
    [2, "Table 'big_orders' cannot be written", "Write T/topic=big_orders"],
    [3, "Table 'big_orders' cannot be written", "Read S/subject=big_orders-value"],
    [4, "Table 'big_orders' cannot be written", "Read T/transactional-id=_confluent-flink_failing"],
    [
      5,
      "Table 'big_orders' cannot be written",
      "Write T/transactional-id=_confluent-flink_failing",
    ],
  ])("without number %d the statement fails: %s, %s", async (left, wrong, missing) => {
    const { platform } = await analytics();
    const id = await principalWith(
      platform,
      needed.filter((_grant, index) => index !== left),
    );
    const full = missing
      .replace("T", platform.topicCrn("").replace("/topic=", ""))
      .replace("S", text(platform.registry, "resource_name"));
    const failure = await failureOf({ platform, flink: await platform.flink(id) }, copy);

    expect(failure).toContain(`${waiting}${wrong}: ${id} may not ${full}; roles that allow it: `);
    expect(failure.match(/may not/g)).toHaveLength(1);
  });

  test("a key schema is one more subject to read", async () => {
    const { platform, streams } = await analytics();
    await platform.terraform.create("schema", planned.schema("orders-key", '"long"'), streams);
    const id = await principalWith(platform, needed);

    expect(await failureOf({ platform, flink: await platform.flink(id) }, copy)).toContain(
      `${id} may not Read ${platform.subjectCrn("orders-key")}`,
    );
  });

  test("a query without a sink needs no transactions", async () => {
    const { platform } = await analytics();
    const id = await principalWith(platform, needed.slice(0, 2));

    await platform.terraform.create(
      "flink_statement",
      planned.statement("look", "SELECT * FROM orders"),
      await platform.flink(id),
    );
  });
});

describe("tables", () => {
  const missing = (name: string, place: string, database = "main"): string =>
    `${waiting}SQL validation failed. Error from ${place}.\n\nCaused by: Table (or view) '${name}' does not exist, ` +
    "may be on a private cluster, or you do not have permission to access it. " +
    `Using current catalog 'streaming' and current database '${database}'.`;

  test.each([
    [
      "a source",
      "INSERT INTO big_orders SELECT * FROM nothing",
      missing("nothing", "line 1, column 38 to line 1, column 44"),
    ],
    [
      "a sink",
      "INSERT INTO `no thing`\nSELECT * FROM orders",
      missing("no thing", "line 1, column 13 to line 1, column 22"),
    ],
    [
      "a qualified table",
      "SELECT *\nFROM other.orders",
      missing("other.orders", "line 2, column 6 to line 2, column 17"),
    ],
  ])("fails when %s does not exist", async (_case, sql, message) => {
    expect(await failureOf(await analytics(), sql)).toBe(message);
  });

  test("fails when a topic has no schema", async () => {
    const names = await analytics();
    await names.platform.terraform.create("kafka_topic", planned.topic("raw"), names.streams);

    expect(await failureOf(names, "SELECT * FROM raw")).toBe(
      missing("raw", "line 1, column 15 to line 1, column 17"),
    );
  });

  test("fails when the session has no database", async () => {
    const names = await analytics();

    expect(
      await failureOf(names, "SELECT * FROM orders", {
        properties: { "sql.current-catalog": "streaming" },
      }),
    ).toBe(missing("orders", "line 1, column 15 to line 1, column 20", ""));
  });

  test("catalog and database may be ids, in properties or in the name", async () => {
    const { platform, flink } = await analytics();
    const { terraform, ids } = platform;

    await terraform.create(
      "flink_statement",
      planned.statement("by-property", copy, {
        properties: { "sql.current-catalog": ids.environment, "sql.current-database": ids.cluster },
      }),
      flink,
    );
    await terraform.create(
      "flink_statement",
      planned.statement("by-name", `SELECT * FROM \`${ids.environment}\`.\`main\`.orders`, {
        properties: {},
      }),
      flink,
    );
  });

  test("a cluster in another region is out of sight", async () => {
    const names = await analytics();
    const { terraform, ids } = names.platform;
    const far = await terraform.create("kafka_cluster", {
      ...planned.kafkaCluster(ids.environment, "far"),
      region: "eu-west-1",
    });

    expect(
      await failureOf(names, "SELECT * FROM orders", {
        properties: { "sql.current-catalog": "streaming", "sql.current-database": text(far, "id") },
      }),
    ).toContain("Table (or view) 'orders' does not exist");
  });

  test("a name that two clusters share is no database", async () => {
    const names = await analytics();
    const { terraform, ids } = names.platform;
    await terraform.create("kafka_cluster", planned.kafkaCluster(ids.environment, "main"));

    expect(await failureOf(names, "SELECT * FROM orders")).toContain("'orders' does not exist");
  });
});

describe("columns", () => {
  test.each([
    [
      "an unknown column",
      "INSERT INTO big_orders (id, amuont) SELECT id, amount FROM orders",
      "SQL validation failed. Error from line 1, column 29 to line 1, column 34.\n\nCaused by: Unknown target column 'amuont'",
    ],
    [
      "a column twice",
      "INSERT INTO big_orders (id, id) SELECT id, amount FROM orders",
      "SQL validation failed. Error from line 1, column 29 to line 1, column 30.\n\nCaused by: Target column 'id' is assigned more than once",
    ],
    [
      "too few items",
      "INSERT INTO big_orders (id, amount) SELECT id FROM orders",
      "SQL validation failed. Error from line 1, column 13 to line 1, column 22.\n\nCaused by: Number of INSERT target columns (2) does not equal number of source items (1)",
    ],
    [
      "too many items in one branch of a union",
      "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders UNION ALL SELECT id, amount, 1 FROM orders",
      "SQL validation failed. Error from line 1, column 13 to line 1, column 22.\n\nCaused by: Number of INSERT target columns (2) does not equal number of source items (3)",
    ],
    [
      "another number than the sink has",
      "INSERT INTO big_orders SELECT id FROM orders",
      "Column types of query result and sink for 'big_orders' do not match. Cause: Different number of columns. The query has 1, the sink has 2.",
    ],
  ])("fails for %s", async (_case, sql, detail) => {
    expect(await failureOf(await analytics(), sql)).toBe(waiting + detail);
  });

  test.each([
    ["fewer columns, listed", "INSERT INTO big_orders (amount) SELECT amount FROM orders"],
    ["all columns, not listed", "INSERT INTO big_orders SELECT id, amount FROM orders"],
    [
      "a star, which only a planner could count",
      "INSERT INTO big_orders (id, amount) SELECT * FROM orders",
    ],
  ])("allows %s", async (_case, sql) => {
    const { platform, flink } = await analytics();

    await platform.terraform.create("flink_statement", planned.statement("copy-1", sql), flink);
  });

  test("columns of the key count as well, once", async () => {
    const { platform, flink, streams } = await analytics();
    const key = JSON.stringify({
      type: "record",
      name: "Key",
      fields: [
        { name: "id", type: "long" },
        { name: "shop", type: "string" },
      ],
    });
    await platform.terraform.create("schema", planned.schema("big_orders-key", key), streams);

    await platform.terraform.create(
      "flink_statement",
      planned.statement(
        "keyed",
        "INSERT INTO big_orders SELECT id, 'x' AS shop, amount FROM orders",
      ),
      flink,
    );
  });

  test("a key and value that are no records are columns of that name", async () => {
    const { platform, flink, streams } = await analytics();
    const { terraform } = platform;
    await terraform.create("kafka_topic", planned.topic("counts"), streams);
    await terraform.create("schema", planned.schema("counts-key", '"string"'), streams);
    await terraform.create("schema", planned.schema("counts-value", '"long"'), streams);

    await terraform.create(
      "flink_statement",
      planned.statement(
        "count",
        "INSERT INTO counts (`key`, `value`) SELECT 'all', id FROM orders",
      ),
      flink,
    );
  });

  test("a sink whose format has no columns that the world knows takes any", async () => {
    const { platform, flink, streams } = await analytics();
    const { terraform } = platform;
    await terraform.create("kafka_topic", planned.topic("documents"), streams);
    await terraform.create(
      "schema",
      planned.schema("documents-value", '{"type":"object"}', { format: "JSON" }),
      streams,
    );

    await terraform.create(
      "flink_statement",
      planned.statement("any", "INSERT INTO documents (whatever) SELECT id FROM orders"),
      flink,
    );
  });
});

test.each([
  [
    "CREATE TABLE t (x INT)",
    "The sandbox cannot execute CREATE TABLE statements: it runs INSERT, statement sets and SELECT.",
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
