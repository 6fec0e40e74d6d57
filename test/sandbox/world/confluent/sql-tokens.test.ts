import fc from "fast-check";

import { SqlSyntaxError, tokenize } from "../../../../sandbox/world/confluent/flink/sql-tokens";

function texts(sql: string): readonly string[] {
  return tokenize(sql).map(({ kind, text }) => `${kind} ${text}`);
}

test("words, names, strings, numbers and symbols are told apart", () => {
  expect(texts("SELECT `a``b`, 'it''s', 1.5e3, $rowtime FROM t")).toEqual([
    "word SELECT",
    "quoted-identifier a`b",
    "symbol ,",
    "string it's",
    "symbol ,",
    "number 1.5e3",
    "symbol ,",
    "word $rowtime",
    "word FROM",
    "word t",
  ]);
});

test("comments are blanks, and what looks like one inside a string is none", () => {
  expect(texts("a -- b\n/* c\n d */ '-- e' `/* f */`-- end")).toEqual([
    "word a",
    "string -- e",
    "quoted-identifier /* f */",
  ]);
});

test("places count from 1 and include the last character", () => {
  expect(tokenize("a\n  `b\nc` d")).toEqual([
    { kind: "word", text: "a", line: 1, column: 1, endLine: 1, endColumn: 1 },
    { kind: "quoted-identifier", text: "b\nc", line: 2, column: 3, endLine: 3, endColumn: 2 },
    { kind: "word", text: "d", line: 3, column: 4, endLine: 3, endColumn: 4 },
  ]);
});

test.each([
  ["comment", "a /* b"],
  ["name", "a `b``"],
  ["string", "a 'b''"],
])("fails when a %s is not closed", (what, sql) => {
  expect(() => tokenize(sql)).toThrow(
    new SqlSyntaxError(`unterminated ${what} at line 1, column 3`),
  );
});

test("any text in quotes comes back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("'", "`"), (content, quote) => {
      const quoted = quote + content.replaceAll(quote, quote + quote) + quote;
      expect(tokenize(quoted).map(({ text }) => text)).toEqual([content]);
    }),
  );
});

test("blanks and comments between tokens change no token", () => {
  const gap = fc.constantFrom(" ", "\n", "\t", " /* , */ ", " -- from x\n");
  const token = fc.constantFrom("select", "`from`", "'into'", "42", ",", "(", ")", "t1");
  fc.assert(
    fc.property(fc.array(fc.tuple(token, gap)), (parts) => {
      const spaced = parts.map(([text, between]) => text + between).join("");
      const plain = parts.map(([text]) => text).join(" ");
      expect(texts(spaced)).toEqual(texts(plain));
    }),
  );
});

test("any text either has tokens or is refused with its place", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (sql) => {
      try {
        tokenize(sql);
      } catch (error) {
        expect(error).toBeInstanceOf(SqlSyntaxError);
      }
    }),
  );
});
