import { columnsOf } from "../../../constructs/confluent/schema-columns";
import { sourceFile } from "../../support/source-file";
import { testStack } from "../../support/synth";

test("H-02: the columns are an Avro record's fields, in their order", () => {
  const fields = [
    { name: "second", type: "string" },
    { name: "first", type: "long" },
  ];
  const file = sourceFile("row.avsc", JSON.stringify({ type: "record", name: "Row", fields }));
  expect(columnsOf(testStack(), file)).toEqual(["second", "first"]);
});

test("or a JSON object's properties", () => {
  const file = sourceFile(
    "row.schema.json",
    JSON.stringify({
      type: "object",
      properties: { second: { type: "string" }, first: { type: "integer" } },
      additionalProperties: false,
    }),
  );
  expect(columnsOf(testStack(), file)).toEqual(["second", "first"]);
});

test("a schema of one value has no columns", () => {
  expect(columnsOf(testStack(), sourceFile("text.avsc", '"string"'))).toEqual([]);
});

test("fails for what is no schema", () => {
  expect(() => columnsOf(testStack(), sourceFile("row.avsc", "{"))).toThrow(
    "row.avsc must hold a schema as JSON",
  );
});
