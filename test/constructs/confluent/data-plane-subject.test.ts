import { KafkaTopic } from "../../../constructs/confluent/kafka-topic";
import { Subject, type SubjectProps } from "../../../constructs/confluent/subject";
import { sourceFile } from "../../support/source-file";
import { streamsAccess } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

const fixture = (schemaFile: string, props: Partial<SubjectProps> = {}) => {
  const stack = testStack();
  const streams = streamsAccess(stack);
  const topic = new KafkaTopic(stack, "Orders", { streams, topicName: "orders" });
  const subject = new Subject(topic, "Schema", {
    streams,
    topic,
    part: "value",
    schemaFile,
    ...props,
  });
  return { stack, subject };
};

const avro = (text: string): string => sourceFile("order.avsc", text);
const jsonSchema = (schema: object): string =>
  sourceFile("order.schema.json", JSON.stringify(schema));

const RECORD = '{"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}';
const OBJECT = {
  type: "object",
  properties: { id: { type: "integer" } },
  required: ["id"],
  additionalProperties: false,
};

test.each(["key", "value"] as const)("holds the file's schema on one line (%s)", (part) => {
  const { stack, subject } = fixture(avro('{\n  "type":  "string"\n}\n'), { part });
  expect(resourcesOf(synth(stack), "confluent_schema")).toEqual([
    {
      provider: "confluent.streams",
      subject_name: `orders-${part}`,
      format: "AVRO",
      schema: '{"type":"string"}',
      lifecycle: { prevent_destroy: true },
    },
  ]);
  expect([subject.subjectName, subject.format]).toEqual([`orders-${part}`, "AVRO"]);
});

test("a JSON Schema is told by its file's ending", () => {
  const { stack, subject } = fixture(jsonSchema(OBJECT));
  expect(resourcesOf(synth(stack), "confluent_schema")[0]).toMatchObject({
    format: "JSON",
    schema: JSON.stringify(OBJECT),
  });
  expect(subject.format).toBe("JSON");
});

test.each([
  [{}, "BACKWARD"],
  [{ compatibility: "FULL_TRANSITIVE" }, "FULL_TRANSITIVE"],
] as const)(
  "C-27: states the rule between its versions, which goes before them: %j",
  (props, level) => {
    const { stack } = fixture(avro(RECORD), props);
    expect(resourcesOf(synth(stack), "confluent_subject_config")).toEqual([
      {
        provider: "confluent.streams",
        subject_name: "orders-value",
        compatibility_level: level,
        depends_on: [expect.stringMatching(/^confluent_schema\.Orders_Schema_\w{8}$/)],
      },
    ]);
  },
);

test("T-27, A-R4: holds no credentials: its provider alias does", () => {
  const { stack } = fixture(avro(RECORD));
  const resources = ["confluent_schema", "confluent_subject_config"].flatMap((type) =>
    resourcesOf(synth(stack), type),
  );
  expect(resources.flatMap(Object.keys)).not.toContain("credentials");
});

test("what looks like a Terraform template in a schema stays as it is", () => {
  const { stack } = fixture(avro(RECORD.replace('"Order"', '"Order","doc":"${a} %{b}"')));
  expect(resourcesOf(synth(stack), "confluent_schema")[0]?.["schema"]).toContain("$${a} %%{b}");
});

test.each([['"string"'], ['{"type":"enum","name":"Side","symbols":["BUY","SELL"]}'], [RECORD]])(
  "takes the Avro schema %s",
  (text) => {
    const { stack } = fixture(avro(text));
    expect(resourcesOf(synth(stack), "confluent_schema")[0]?.["schema"]).toBe(text);
  },
);

const record = (fields: string): string => `{"type":"record","name":"Order","fields":${fields}}`;

test.each([
  ["record {}", "must hold a schema as JSON: SyntaxError"],
  ["7", 'must hold an Avro schema as JSON: a type\'s name, or an object with a "type", got 7'],
  ["{}", 'must hold an Avro schema as JSON: a type\'s name, or an object with a "type", got {}'],
  [
    "null",
    'must hold an Avro schema as JSON: a type\'s name, or an object with a "type", got null',
  ],
  ['{"type":"record","fields":[{"name":"a","type":"int"}]}', "must name its record, got nothing"],
  [record("[]"), "must list its record's fields, each with a name and a type, got []"],
  [record('"a"'), 'must list its record\'s fields, each with a name and a type, got "a"'],
  [record("[7]"), "must list its record's fields, each with a name and a type, got [7]"],
  [
    record('[{"name":"a"}]'),
    'must list its record\'s fields, each with a name and a type, got [{"name":"a"}]',
  ],
  [
    record('[{"name":"","type":"int"}]'),
    'must list its record\'s fields, each with a name and a type, got [{"name":"","type":"int"}]',
  ],
  [
    record('[{"name":"a","type":"int"},{"name":"a","type":"long"}]'),
    'must give each field a name of its own, got ["a","a"]',
  ],
])("fails for the Avro file %s", (text, problem) => {
  const path = avro(text);
  expect(() => fixture(path)).toThrow(`test/Orders/Schema: ${path} ${problem}`);
});

test.each([
  [
    { ...OBJECT, type: "array" },
    'must hold a JSON Schema of an object with its properties, got {"type":"array"',
  ],
  [
    { ...OBJECT, properties: {}, required: [] },
    'must hold a JSON Schema of an object with its properties, got {"type":"object"',
  ],
  [
    { ...OBJECT, properties: "id", required: [] },
    'must hold a JSON Schema of an object with its properties, got {"type":"object"',
  ],
  [["object"], 'must hold a JSON Schema of an object with its properties, got ["object"]'],
  [{ ...OBJECT, required: ["other"] }, 'must require nothing but its properties, got ["other"]'],
  [{ ...OBJECT, required: "id" }, 'must require nothing but its properties, got "id"'],
  [
    { ...OBJECT, additionalProperties: undefined },
    "must set additionalProperties to false, or no property can ever be added, got nothing",
  ],
  [
    { ...OBJECT, additionalProperties: true },
    "must set additionalProperties to false, or no property can ever be added, got true",
  ],
])("fails for the JSON Schema %j", (schema, problem) => {
  const path = jsonSchema(schema);
  expect(() => fixture(path)).toThrow(`test/Orders/Schema: ${path} ${problem}`);
});

test("a JSON Schema may leave every property optional", () => {
  const { stack } = fixture(jsonSchema({ ...OBJECT, required: undefined }));
  expect(resourcesOf(synth(stack), "confluent_schema")).toHaveLength(1);
});

test("a long value is cut where it is shown", () => {
  const path = avro(`[${'"int",'.repeat(40)}"int"]`);
  expect(() => fixture(path)).toThrow(/got \["int","int".{60,75}…$/);
});

test("fails for a file that is neither", () => {
  const path = sourceFile("order.proto", "");
  expect(() => fixture(path)).toThrow(
    `test/Orders/Schema: schemaFile must end with .avsc or .schema.json, got ${JSON.stringify(path)}`,
  );
});

test("fails with the file's name when there is none", () => {
  expect(() => fixture("missing.avsc")).toThrow("test/Orders/Schema: missing.avsc cannot be read");
});
