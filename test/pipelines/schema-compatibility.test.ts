import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Compatibility } from "../../constructs/confluent/subject";
import { partsOf, tables, type Table } from "../../stacks/tables";
import { temporaryDirectory } from "../support/temporary-directory";
import { problemOf, type DeclaredSubject } from "./support/schema-check";

const REGISTERED = "pipelines/schemas/registered";

const declared: readonly DeclaredSubject[] = Object.values<Table>(tables).flatMap((table) =>
  partsOf(table).flatMap((part) =>
    part === undefined ? [] : [{ subject: `${table.name}-${part.part}`, ...part }],
  ),
);

test.each(declared)("$subject ($compatibility) keeps its rule", (subject) => {
  expect(problemOf(subject, REGISTERED)).toBeUndefined();
});

test("every registered subject belongs to a table", () => {
  const subjects = declared.map(({ subject }) => subject);
  expect(readdirSync(REGISTERED).filter((subject) => !subjects.includes(subject))).toEqual([]);
});

interface Field {
  readonly name: string;
  readonly type: unknown;
  readonly default?: unknown;
}

const id: Field = { name: "id", type: "long" };
const note: Field = { name: "note", type: "string" };
const noteWithDefault: Field = { ...note, default: "" };

const avro = (...fields: readonly Field[]) => ({ type: "record", name: "Order", fields });

const closed = (properties: Record<string, object>, required: readonly string[]) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const integer = { type: "integer" };
const text = { type: "string" };
const jsonId = closed({ id: integer }, ["id"]);
const jsonOptionalNote = closed({ id: integer, note: text }, ["id"]);
const jsonRequiredNote = closed({ id: integer, note: text }, ["id", "note"]);

/** Writes released versions and the current file. @returns what the check says about them */
function check(
  compatibility: Compatibility,
  [current, ...released]: readonly object[],
  ending = ".avsc",
): string | undefined {
  const folder = temporaryDirectory();
  const schemaFile = join(folder, `order${ending}`);
  const write = (file: string, schema: object | undefined): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(schema));
  };
  write(schemaFile, current);
  mkdirSync(join(folder, "orders-value"));
  released.forEach((schema, index) => {
    write(join(folder, "orders-value", `${index + 1}${ending}`), schema);
  });
  return problemOf({ subject: "orders-value", schemaFile, compatibility }, folder)?.replaceAll(
    `${folder}/`,
    "",
  );
}

const BACKWARD_REASON = "the new schema cannot read its records";
const FORWARD_REASON = "it cannot read the new schema's records";

describe("C-27: refused, with Avro", () => {
  test.each<[what: string, Compatibility, current: object, released: object[], reason: string]>([
    ["adds a field without a default", "BACKWARD", avro(id, note), [avro(id)], BACKWARD_REASON],
    ["narrows a type", "BACKWARD", avro({ ...id, type: "int" }), [avro(id)], BACKWARD_REASON],
    ["renames a field", "BACKWARD", avro({ ...id, name: "key" }), [avro(id)], BACKWARD_REASON],
    ["renames the record", "BACKWARD", { ...avro(id), name: "Trade" }, [avro(id)], BACKWARD_REASON],
    ["removes a field without a default", "FORWARD", avro(id), [avro(id, note)], FORWARD_REASON],
    ["removes a field without a default", "FULL", avro(id), [avro(id, note)], FORWARD_REASON],
    ["adds a field without a default", "FULL", avro(id, note), [avro(id)], BACKWARD_REASON],
    [
      "cannot read the first version, although it reads the last one",
      "BACKWARD_TRANSITIVE",
      avro(id, note, { name: "more", type: "int", default: 0 }),
      [avro(id), avro(id, note)],
      BACKWARD_REASON,
    ],
    [
      "cannot be read by the first version, although it is by the last one",
      "FULL_TRANSITIVE",
      avro(id, { ...note, default: "a" }, { name: "more", type: "int", default: 0 }),
      [avro(id, note, { name: "old", type: "int" }), avro(id, noteWithDefault)],
      FORWARD_REASON,
    ],
  ])("%s under %s", (_what, compatibility, current, released, reason) => {
    expect(check(compatibility, [current, ...released])).toContain(
      `the subject orders-value is ${compatibility}, and ${reason}: `,
    );
  });
});

describe("taken, with Avro", () => {
  test.each<[what: string, Compatibility, current: object, released: object[]]>([
    ["the same", "FULL_TRANSITIVE", avro(id), [avro(id)]],
    ["removes a field without a default", "BACKWARD", avro(id), [avro(id, note)]],
    ["adds a field with a default", "BACKWARD", avro(id, noteWithDefault), [avro(id)]],
    ["widens a type", "BACKWARD", avro(id), [avro({ ...id, type: "int" })]],
    ["adds a field without a default", "FORWARD", avro(id, note), [avro(id)]],
    ["adds a field with a default", "FULL", avro(id, noteWithDefault), [avro(id)]],
    ["breaks with all but the last", "BACKWARD", avro(id, note), [avro(id), avro(id, note)]],
    ["breaks with everything", "NONE", avro(note), [avro(id)]],
  ])("%s under %s", (_what, compatibility, current, released) => {
    expect(check(compatibility, [current, ...released])).toBeUndefined();
  });
});

describe("refused, with JSON Schema", () => {
  test.each<[what: string, Compatibility, current: object, released: object, reason: string]>([
    [
      "adds a required property",
      "BACKWARD",
      jsonRequiredNote,
      jsonId,
      `${BACKWARD_REASON}: the reader requires "note", which the writer may leave out`,
    ],
    [
      "requires what was optional",
      "BACKWARD",
      jsonRequiredNote,
      jsonOptionalNote,
      `${BACKWARD_REASON}: the reader requires "note", which the writer may leave out`,
    ],
    [
      "removes a property",
      "BACKWARD",
      jsonId,
      jsonOptionalNote,
      `${BACKWARD_REASON}: the reader takes no property "note", which the writer has`,
    ],
    [
      "changes a property",
      "BACKWARD",
      closed({ id: text }, ["id"]),
      jsonId,
      `${BACKWARD_REASON}: the property "id" is another for the reader than for the writer`,
    ],
    [
      "adds a property",
      "FORWARD",
      jsonOptionalNote,
      jsonId,
      `${FORWARD_REASON}: the reader takes no property "note", which the writer has`,
    ],
  ])("%s under %s", (_what, compatibility, current, released, reason) => {
    expect(check(compatibility, [current, released], ".schema.json")).toContain(reason);
  });
});

test.each<[Compatibility, object, object]>([
  ["BACKWARD", jsonOptionalNote, jsonId],
  ["BACKWARD", jsonOptionalNote, jsonRequiredNote],
  ["FORWARD", jsonId, jsonOptionalNote],
  ["FULL", jsonId, { ...jsonId, title: "Order" }],
  ["NONE", closed({}, []), jsonId],
])("taken, with JSON Schema: under %s %j after %j", (compatibility, current, released) => {
  expect(check(compatibility, [current, released], ".schema.json")).toBeUndefined();
});

test("the message says what to do", () => {
  expect(check("BACKWARD", [avro(id, note), avro(id)])).toMatch(
    /^order\.avsc may not follow orders-value\/1\.avsc: the subject orders-value is BACKWARD, and the new schema cannot read its records: .+\. Change the file so that this holds \(see pipelines\/schemas\/README\.md\), or make it a new table; once it is released, copy it to .*orders-value\/2\.avsc$/su,
  );
});

test("a subject without a registered version is refused", () => {
  expect(check("BACKWARD", [avro(id)])).toMatch(
    /^orders-value has no registered version: copy order\.avsc to .*orders-value\/1\.avsc$/,
  );
});

test("versions with a gap are refused", () => {
  const folder = temporaryDirectory();
  mkdirSync(join(folder, "orders-value"));
  for (const name of ["1.avsc", "3.avsc"]) {
    writeFileSync(join(folder, "orders-value", name), "{}");
  }
  const subject = { subject: "orders-value", schemaFile: "a.avsc", compatibility: "NONE" } as const;
  expect(() => problemOf(subject, folder)).toThrow(
    "must hold 1.avsc, 2.avsc and so on without a gap, got 1.avsc, 3.avsc",
  );
});
