import { number, text, type TerraformObject } from "../../../../sandbox/world/values";
import { orderSchema, planned } from "../support/planned";
import { Platform } from "../support/platform";

const withNote = schemaWith({ name: "note", type: ["null", "string"], default: null });
const withRequiredNote = schemaWith({ name: "note", type: "string" });

function schemaWith(...more: readonly object[]): string {
  const parsed = JSON.parse(orderSchema) as { fields: object[] };
  return JSON.stringify({ ...parsed, fields: [...parsed.fields, ...more] });
}

async function administered(): Promise<{ platform: Platform; streams: TerraformObject }> {
  const platform = await Platform.create();
  return { platform, streams: await platform.streams(await platform.administrator()) };
}

test("with its arguments in the provider block, the state holds nothing about the call", async () => {
  const { platform, streams } = await administered();
  const schema = await platform.terraform.create("schema", planned.schema("orders-value"), streams);

  expect(schema).toEqual({
    ...planned.schema("orders-value"),
    id: `${platform.ids.registry}/orders-value/latest`,
    version: 1,
    schema_identifier: expect.any(Number),
  });
  expect(schema["schema_identifier"]).toBeGreaterThan(100_000);
  expect(await platform.terraform.read("schema", schema, streams)).toEqual(schema);
});

test("with its own arguments, the state holds them", async () => {
  const { platform, streams } = await administered();
  const own = {
    rest_endpoint: text(streams, "schema_registry_rest_endpoint"),
    credentials: [
      {
        key: text(streams, "schema_registry_api_key"),
        secret: text(streams, "schema_registry_api_secret"),
      },
    ],
    schema_registry_cluster: [{ id: platform.ids.registry }],
  };
  const schema = await platform.terraform.create(
    "schema",
    planned.schema("orders-value", orderSchema, own),
  );

  expect(schema).toMatchObject(own);
  expect(await platform.terraform.read("schema", schema)).toEqual(schema);
});

test("a compatible change is the next version", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const first = await terraform.create("schema", planned.schema("orders-value"), streams);
  const second = await terraform.update("schema", first, { schema: withNote }, streams);

  expect(second).toMatchObject({ version: 2, schema: withNote, id: first["id"] });
  expect(second["schema_identifier"]).not.toBe(first["schema_identifier"]);
  expect(await terraform.read("schema", second, streams)).toEqual(second);
});

test("an incompatible change is refused, and the provider takes the text back", async () => {
  const { platform, streams } = await administered();
  const first = await platform.terraform.create("schema", planned.schema("orders-value"), streams);

  expect(
    await platform.terraform.call("update", "schema", {
      prior: first,
      planned: { ...first, schema: withRequiredNote, hard_delete: true },
      configuration: streams,
    }),
  ).toEqual({
    state: { ...first, hard_delete: true },
    diagnostics: [
      {
        severity: "error",
        summary:
          "error creating Schema: error validating a schema: [{oldSchemaVersion: 1} {compatibility: 'BACKWARD'} no matching field for default-less Order.note]",
      },
    ],
  });
});

test("the subject's own level decides, and NONE lets anything through", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const first = await terraform.create("schema", planned.schema("orders-value"), streams);
  await terraform.create(
    "subject_config",
    { subject_name: "orders-value", compatibility_level: "NONE" },
    streams,
  );

  expect(
    await terraform.update("schema", first, { schema: withRequiredNote }, streams),
  ).toMatchObject({ version: 2 });
});

test("a subject does not change its format", async () => {
  const { platform, streams } = await administered();
  await platform.terraform.create("schema", planned.schema("orders-value"), streams);

  expect(
    await platform.terraform.refusal("create", "schema", {
      planned: planned.schema("orders-value", '{"type":"object"}', { format: "JSON" }),
      configuration: streams,
    }),
  ).toContain("the type of the schema changes from AVRO to JSON");
});

test("a schema that means the same is the same version, and Terraform keeps its own text", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const first = await terraform.create("schema", planned.schema("orders-value"), streams);
  const reformatted = JSON.stringify(
    {
      fields: (JSON.parse(orderSchema) as { fields: object[] }).fields,
      name: "Order",
      type: "record",
    },
    null,
    2,
  );
  const second = await terraform.update("schema", first, { schema: reformatted }, streams);

  expect(second).toEqual({ ...first, schema: reformatted });
  expect(await terraform.read("schema", second, streams)).toEqual(second);
});

test("equal schemas of different subjects have one id", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const one = await terraform.create("schema", planned.schema("a-value"), streams);
  const other = await terraform.create("schema", planned.schema("b-value"), streams);

  expect(other["schema_identifier"]).toBe(one["schema_identifier"]);
});

test("registering an older schema again shows the latest one", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const first = await terraform.create("schema", planned.schema("orders-value"), streams);
  const second = await terraform.update("schema", first, { schema: withNote }, streams);

  expect(await terraform.update("schema", second, { schema: orderSchema }, streams)).toMatchObject({
    version: 2,
    schema: withNote,
  });
});

test("with recreate_on_update it is a certain version", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const pinned = await terraform.create(
    "schema",
    planned.schema("orders-value", orderSchema, { recreate_on_update: true }),
    streams,
  );
  await terraform.create("schema", planned.schema("orders-value", withNote), streams);

  expect(pinned["id"]).toBe(
    `${platform.ids.registry}/orders-value/${number(pinned, "schema_identifier") ?? ""}`,
  );
  expect(await terraform.read("schema", pinned, streams)).toEqual(pinned);
});

test("a soft delete hides the version and keeps its number, a hard one frees it", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const soft = await terraform.create("schema", planned.schema("orders-value"), streams);
  await terraform.delete("schema", soft, streams);
  expect(await terraform.read("schema", soft, streams)).toBeNull();

  const hard = await terraform.create(
    "schema",
    planned.schema("orders-value", orderSchema, { hard_delete: true }),
    streams,
  );
  expect(hard).toMatchObject({ version: 2, schema_identifier: soft["schema_identifier"] });
  await terraform.delete("schema", hard, streams);

  expect(terraform.world.inventory().filter(({ type }) => type === "confluent_schema")).toEqual([
    expect.objectContaining({ version: 1, softDeleted: true }),
  ]);
});

test("deleting the latest version leaves the one before", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const first = await terraform.create("schema", planned.schema("orders-value"), streams);
  const second = await terraform.update("schema", first, { schema: withNote }, streams);
  await terraform.delete("schema", second, streams);

  expect(await terraform.read("schema", second, streams)).toMatchObject({
    version: 1,
    schema: orderSchema,
  });
});

test.each([
  [false, "soft"],
  [true, "hard"],
])("fails to delete a version that is gone (hard_delete %s)", async (hard_delete, kind) => {
  const { platform, streams } = await administered();
  const schema = await platform.terraform.create("schema", planned.schema("a-value"), streams);
  const prior = { ...schema, hard_delete };
  await platform.terraform.delete("schema", prior, streams);

  expect(
    await platform.terraform.refusal("delete", "schema", { prior, configuration: streams }),
  ).toBe(
    `error ${kind} deleting Schema "${platform.ids.registry}/a-value/latest": error ${kind} deleting Schema: 404 Not Found: Version 1 not found.`,
  );
});

describe("references", () => {
  const customer = JSON.stringify({
    type: "record",
    name: "Customer",
    fields: [{ name: "name", type: "string" }],
  });
  const order = schemaWith({ name: "customer", type: "Customer" });
  const reference = [{ name: "Customer", subject_name: "customer", version: 1 }];

  test("a schema may use another one", async () => {
    const { platform, streams } = await administered();
    const { terraform } = platform;
    await terraform.create("schema", planned.schema("customer", customer), streams);
    const schema = await terraform.create(
      "schema",
      planned.schema("orders-value", order, { schema_reference: reference }),
      streams,
    );

    expect(schema["schema_reference"]).toEqual(reference);
    expect(await terraform.read("schema", schema, streams)).toEqual(schema);
  });

  test("fails when it is not there", async () => {
    const { platform, streams } = await administered();

    expect(
      await platform.terraform.refusal("create", "schema", {
        planned: planned.schema("orders-value", order, { schema_reference: reference }),
        configuration: streams,
      }),
    ).toBe(
      'error creating Schema: 422 Unprocessable Entity: No schema reference found for subject "customer" and version 1',
    );
  });

  test("a schema that another one uses cannot be deleted", async () => {
    const { platform, streams } = await administered();
    const { terraform } = platform;
    const used = await terraform.create("schema", planned.schema("customer", customer), streams);
    const user = await terraform.create(
      "schema",
      planned.schema("orders-value", order, { schema_reference: reference }),
      streams,
    );

    expect(
      await terraform.refusal("delete", "schema", { prior: used, configuration: streams }),
    ).toBe(
      `error soft deleting Schema "${text(used, "id")}": error soft deleting Schema: 422 Unprocessable Entity: ` +
        "One or more references exist to the schema {magic=1,keytype=SCHEMA,subject=customer,version=1}.\n" +
        "version 1 of orders-value refers to it",
    );
    await terraform.delete("schema", user, streams);
    await terraform.delete("schema", used, streams);
  });
});

test.each([
  ["AVRO", '{"type":"record"', "details: "],
  ["AVRO", '{"type":"nonsense"}', "details: unknown type"],
  ["JSON", "not json", "details: "],
])("fails for an invalid schema of format %s: %s", async (format, schema, details) => {
  const { platform, streams } = await administered();
  const refusal = await platform.terraform.refusal("create", "schema", {
    planned: planned.schema("a", schema, { format }),
    configuration: streams,
  });

  expect(refusal).toContain(
    `error creating Schema: 422 Unprocessable Entity: Invalid schema of type ${format}, `,
  );
  expect(refusal).toContain(details);
});

test("a Protobuf schema is kept as it is", async () => {
  const { platform, streams } = await administered();
  const schema = 'syntax = "proto3";\nmessage Order { int64 id = 1; }\n';
  const state = await platform.terraform.create(
    "schema",
    planned.schema("orders-value", schema, { format: "PROTOBUF" }),
    streams,
  );

  expect(state).toMatchObject({ schema, format: "PROTOBUF" });
  expect(await platform.terraform.read("schema", state, streams)).toEqual(state);
});

test("rules come back with empty parameters and tags where none were given", async () => {
  const { platform, streams } = await administered();
  const rule = {
    name: "positive",
    kind: "CONDITION",
    type: "CEL",
    mode: "WRITE",
    expr: "message.id > 0",
  };
  const unknown = { $unknown: true };
  const state = await platform.terraform.create(
    "schema",
    planned.schema("orders-value", orderSchema, {
      ruleset: [
        {
          domain_rules: [{ ...rule, params: unknown, tags: unknown }],
          migration_rules: [],
          encoding_rules: [],
        },
      ],
    }),
    streams,
  );

  expect(state["ruleset"]).toEqual([
    { domain_rules: [{ ...rule, params: {}, tags: [] }], migration_rules: [], encoding_rules: [] },
  ]);
});

test("can be imported", async () => {
  const { platform, streams } = await administered();
  const schema = await platform.terraform.create("schema", planned.schema("a/b"), streams);
  const { state } = await platform.terraform.call("import", "schema", {
    id: `${platform.ids.registry}/a/b/latest`,
    configuration: streams,
  });

  expect(state).toMatchObject({
    subject_name: "a/b",
    version: 1,
    schema: orderSchema,
    recreate_on_update: false,
  });
  expect(text(schema, "id")).toBe(`${platform.ids.registry}/a/b/latest`);
  expect(
    await platform.terraform.refusal("import", "schema", { id: "a/b", configuration: streams }),
  ).toContain(
    "invalid format: expected '<Schema Registry cluster ID>/<subject name>/<schema identifier>'",
  );
});
