import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";

import { Evolution } from "../../constructs/confluent/flink-evolution";
import { FlinkStatement } from "../../constructs/confluent/flink-statement";
import { ValidationError } from "../../constructs/core/errors";
import { OpenFlinkAccess } from "../constructs/confluent/flink-fixtures";
import { temporaryDirectory } from "../support/temporary-directory";
import { kebabCase, mostly, shown, weirdText } from "./arbitraries";
import { outcomeOfStack, resourceOrRefusal, type Outcome } from "./outcome";

/** Confluent's own rules for a statement's name, and for its text's length in characters. */
const LEGAL_NAME = /^(?!.{101})[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const LONGEST_STATEMENT = 131_072;

const folder = temporaryDirectory();
const directory = join(folder, "pipeline");

interface Statement {
  readonly statementName: string;
  readonly directory?: string;
  readonly properties?: Readonly<Record<string, string>>;
}

/** Makes the text the only version. */
function writeVersion(text: string, number = 1): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  writeFileSync(join(directory, `v${number}.sql`), text);
}

function outcomeOfStatement(props: Statement): Outcome {
  return outcomeOfStack((stack) => {
    new FlinkStatement(stack, "Statement", {
      access: new OpenFlinkAccess(stack),
      directory,
      catalog: "lab",
      database: "lab",
      tables: [{ name: "t" }],
      evolution: Evolution.recreate({ state: "discarded", reads: "earliest" }),
      ...props,
    });
  });
}

function statementOf(props: Statement): ReturnType<typeof resourceOrRefusal> {
  return resourceOrRefusal(
    outcomeOfStatement(props),
    "confluent_flink_statement",
    "test/Statement",
  );
}

/** The text that Terraform makes of a JSON string; `undefined` when it would take a part of it for a template. */
function evaluated(text: string): string | undefined {
  return /(?<!\$)\$\{|(?<!%)%\{/.test(text) ? undefined : text.replace(/([$%])\1\{/g, "$1{");
}

/** A name as {@link FlinkStatement} documents it. */
function isReadableName(name: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

/** Text where SQL takes any: in strings, in quoted names and in comments. */
const opaque = fc.oneof(
  weirdText.map((text) => `'${text.replaceAll("'", "''")}'`),
  weirdText.map((text) => `\`${text.replaceAll("`", "``")}\``),
  weirdText.map((text) => `/* ${text.replaceAll("*", "")} */`),
  weirdText.map((text) => `-- ${text.replaceAll("\n", " ")}\n`),
);

const sql = fc
  .array(fc.oneof(fc.constantFrom("CASE", "'${x}'", "'%{y}'", "';--'", "$", "\n", "`a`"), opaque))
  .map((words) => `INSERT INTO t (x) SELECT ${words.join(" ")} AS x`);

describe("FlinkStatement with any props", () => {
  it("runs the file's text under a name that Confluent takes, or names the bad name", () => {
    fc.assert(
      fc.property(
        mostly(kebabCase, weirdText),
        sql,
        fc.dictionary(fc.stringMatching(/^sql\.[a-z.]{1,20}$/), weirdText, { maxKeys: 3 }),
        (statementName, text, properties) => {
          writeVersion(text);
          const result = statementOf({ statementName, properties });
          const legalName: unknown = expect.stringMatching(LEGAL_NAME);
          const { statement_name: name, statement }: Record<string, unknown> =
            "resource" in result ? result.resource : {};
          expect(
            "resource" in result ? { name, text: evaluated(String(statement)) } : result,
          ).toEqual(
            isReadableName(statementName)
              ? {
                  name: legalName,
                  // Writing a file replaces what is no text, such as half of a surrogate pair.
                  text: `${Buffer.from(text).toString().trim()}\n-- ${String(name)}`,
                }
              : { refusedValues: [shown(statementName)] },
          );
        },
      ),
      { numRuns: 80 },
    );
  });

  it("is never longer than Confluent takes, whatever the file's length", () => {
    const statement = "INSERT INTO t (x) SELECT ''";
    fc.assert(
      fc.property(fc.integer({ min: -150, max: 20 }), kebabCase, (beyond, statementName) => {
        const filling = "x".repeat(LONGEST_STATEMENT + beyond - statement.length);
        writeVersion(statement.replace("''", `'${filling}'`));
        const result = statementOf({ statementName });
        const length =
          "resource" in result ? String(result.resource["statement"]).length : LONGEST_STATEMENT;
        expect(length).toBeLessThanOrEqual(LONGEST_STATEMENT);
      }),
      { numRuns: 20 },
    );
  });

  it("is replaced when its text, version or properties change, and only then", () => {
    const [one, two] = [1, 2].map((value) => `INSERT INTO t (x) VALUES (${value})`);
    const input = fc.record({
      text: fc.constantFrom(String(one), String(two), `${String(one)} `),
      number: fc.constantFrom(1, 2),
      properties: fc.constantFrom<Record<string, string>>({}, { "sql.a": "1" }, { "sql.a": "2" }),
    });
    type Input = typeof input extends fc.Arbitrary<infer T> ? T : never;
    const nameOf = ({ text, number, properties }: Input): unknown => {
      writeVersion(text, number);
      const result = statementOf({ statementName: "s", properties });
      return "resource" in result && result.resource["statement_name"];
    };
    const content = ({ text, ...others }: Input): string =>
      JSON.stringify({ ...others, text: text.trim() });
    fc.assert(
      fc.property(input, input, (first, second) => {
        expect(nameOf(first) === nameOf(second)).toBe(content(first) === content(second));
      }),
      { numRuns: 40 },
    );
  });

  it("is refused with the construct's and the directory's path when it cannot be read", () => {
    const unreadable = fc
      .stringMatching(/^[a-z.]{0,12}$/)
      .map((name) => join(folder, "absent", name));
    fc.assert(
      fc.property(fc.oneof(unreadable, fc.constant(join(directory, "v1.sql"))), (absent) => {
        writeVersion("");
        const outcome = outcomeOfStatement({ statementName: "s", directory: absent });
        const message = "refusal" in outcome ? outcome.refusal.message : "";
        expect(outcome).toEqual({ refusal: expect.any(ValidationError) as unknown });
        expect(message).toMatch(/^test\/Statement: .*cannot be read; name a directory/);
        expect(message).toContain(absent);
      }),
      { numRuns: 25 },
    );
  });
});
