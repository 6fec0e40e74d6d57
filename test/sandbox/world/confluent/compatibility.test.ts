import fc from "fast-check";

import { incompatibility } from "../../../../sandbox/world/confluent/schema/compatibility";

interface Field {
  readonly name: string;
  readonly type: string | readonly string[];
  readonly default?: unknown;
}

function record(...fields: readonly Field[]): string {
  return JSON.stringify({ type: "record", name: "Order", fields });
}

const id = { name: "id", type: "long" };
const required = { name: "note", type: "string" };
const optional = { name: "note", type: ["null", "string"], default: null };

/** Checks a change from the first schema to the second at a level. */
function change(level: string, before: string, after: string): string | undefined {
  return incompatibility(level, { schema: after, referenced: [] }, [
    { schema: before, referenced: [], version: 1 },
  ]);
}

const adding = [record(id), record(id, required)] as const;
const removing = [record(id, required), record(id)] as const;
const addingOptional = [record(id), record(id, optional)] as const;
const removingOptional = [record(id, optional), record(id)] as const;
const widening = [record({ name: "id", type: "int" }), record(id)] as const;
const narrowing = [record(id), record({ name: "id", type: "int" })] as const;
const retyping = [record(id), record({ name: "id", type: "string" })] as const;

test.each([
  ["BACKWARD", "adding an optional field", addingOptional],
  ["BACKWARD", "removing a field", removing],
  ["BACKWARD", "widening a number", widening],
  ["FORWARD", "adding a field", adding],
  ["FORWARD", "removing an optional field", removingOptional],
  ["FORWARD", "narrowing a number", narrowing],
  ["FULL", "adding an optional field", addingOptional],
  ["FULL", "removing an optional field", removingOptional],
])("%s allows %s", (level, _what, [before, after]) => {
  expect(change(level, before, after)).toBeUndefined();
});

test.each([
  ["BACKWARD", "adding a field", adding],
  ["BACKWARD", "narrowing a number", narrowing],
  ["BACKWARD", "changing a type", retyping],
  ["FORWARD", "removing a field", removing],
  ["FORWARD", "widening a number", widening],
  ["FULL", "adding a field", adding],
  ["FULL", "removing a field", removing],
  ["FULL", "widening a number", widening],
])("%s refuses %s", (level, _what, [before, after]) => {
  expect(change(level, before, after)).toContain(
    `{oldSchemaVersion: 1} {compatibility: '${level}'}`,
  );
});

test("names the field that stands in the way", () => {
  expect(change("BACKWARD", ...adding)).toBe(
    "{oldSchemaVersion: 1} {compatibility: 'BACKWARD'} no matching field for default-less Order.note",
  );
});

test("a transitive level looks at every version, the others at the latest", () => {
  const earlier = [
    { schema: record(id), referenced: [], version: 1 },
    { schema: record(id, optional), referenced: [], version: 2 },
  ];
  const candidate = { schema: record(id, required), referenced: [] };
  const before = { schema: record(id, required), referenced: [], version: 2 };

  expect(incompatibility("BACKWARD", candidate, [...earlier.slice(0, 1), before])).toBeUndefined();
  expect(
    incompatibility("BACKWARD_TRANSITIVE", candidate, [...earlier.slice(0, 1), before]),
  ).toContain("{oldSchemaVersion: 1}");
});

test("a subject without versions takes anything, and NONE always does", () => {
  expect(incompatibility("FULL", { schema: record(id), referenced: [] }, [])).toBeUndefined();
  expect(change("NONE", ...retyping)).toBeUndefined();
});

test("every schema may follow itself, at every level", () => {
  const type = fc.constantFrom("int", "long", "string", "double", "boolean", "bytes");
  const fields = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z]{1,8}$/), type }), {
    selector: ({ name }) => name,
  });
  fc.assert(
    fc.property(fields, fc.constantFrom("BACKWARD", "FORWARD", "FULL"), (list, level) => {
      expect(change(level, record(...list), record(...list))).toBeUndefined();
    }),
  );
});

test("backward one way is forward the other way", () => {
  const field = fc.constantFrom<Field>(id, required, optional, { name: "n", type: "int" });
  const schema = fc
    .uniqueArray(field, { selector: ({ name }) => name })
    .map((fields) => record(...fields));
  fc.assert(
    fc.property(schema, schema, (one, other) => {
      const backward = change("BACKWARD", one, other) === undefined;
      const forward = change("FORWARD", other, one) === undefined;
      expect(backward).toBe(forward);
    }),
  );
});
