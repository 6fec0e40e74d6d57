import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import fc from "fast-check";

import { FlinkStatement } from "../../constructs/confluent/flink-statement";
import { ValidationError } from "../../constructs/core/errors";
import { temporaryDirectory } from "../support/temporary-directory";
import { kebabCase, mostly, shown, weirdText } from "./arbitraries";
import { outcomeOfStack, resourceOrRefusal, type Outcome } from "./outcome";

/** Confluent's own rules for a statement's name, and for its text's length in characters. */
const LEGAL_NAME = /^(?!.{101})[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const LONGEST_STATEMENT = 131_072;

const folder = temporaryDirectory();
const sqlFile = join(folder, "statement.sql");

interface Statement {
  readonly statementName: string;
  readonly sqlFile: string;
  readonly properties?: Readonly<Record<string, string>>;
}

function outcomeOfStatement(props: Statement): Outcome {
  return outcomeOfStack((stack) => {
    const provider = new ConfluentProvider(stack, "Confluent");
    new FlinkStatement(stack, "Statement", {
      access: { provider, principalName: "analytics", poolName: "statements" },
      catalog: "lab",
      database: "lab",
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
  .array(fc.oneof(fc.constantFrom("SELECT", "'${x}'", "'%{y}'", "';--'", "$", "\n", "`a`"), opaque))
  .map((words) => `SELECT ${words.join(" ")} AS x`);

describe("FlinkStatement with any props", () => {
  it("runs the file's text under a name that Confluent takes, or names the bad name", () => {
    fc.assert(
      fc.property(
        mostly(kebabCase, weirdText),
        sql,
        fc.dictionary(fc.stringMatching(/^sql\.[a-z.-]{1,20}$/), weirdText, { maxKeys: 3 }),
        (statementName, text, properties) => {
          writeFileSync(sqlFile, text);
          const result = statementOf({ statementName, sqlFile, properties });
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
    fc.assert(
      fc.property(fc.integer({ min: -150, max: 20 }), kebabCase, (beyond, statementName) => {
        writeFileSync(sqlFile, "x".repeat(LONGEST_STATEMENT + beyond));
        const result = statementOf({ statementName, sqlFile });
        const length =
          "resource" in result ? String(result.resource["statement"]).length : LONGEST_STATEMENT;
        expect(length).toBeLessThanOrEqual(LONGEST_STATEMENT);
      }),
      { numRuns: 20 },
    );
  });

  it("is replaced when its text or properties change, and only then", () => {
    const input = fc.record({
      text: fc.constantFrom("SELECT 1", "SELECT 2", "SELECT 1 "),
      properties: fc.constantFrom({}, { "sql.a": "1" }, { "sql.a": "2" }),
    });
    const nameOf = ({ text, properties }: { text: string; properties: object }): unknown => {
      writeFileSync(sqlFile, text);
      const result = statementOf({ statementName: "s", sqlFile, properties: { ...properties } });
      return "resource" in result && result.resource["statement_name"];
    };
    fc.assert(
      fc.property(input, input, (first, second) => {
        const same =
          first.text.trim() === second.text.trim() &&
          JSON.stringify(first.properties) === JSON.stringify(second.properties);
        expect(nameOf(first) === nameOf(second)).toBe(same);
      }),
      { numRuns: 25 },
    );
  });

  it("is refused with the construct's and the file's path when the file cannot be read", () => {
    const unreadable = fc
      .stringMatching(/^[a-z.]{0,12}$/)
      .map((name) => join(folder, "absent", name));
    fc.assert(
      fc.property(fc.oneof(unreadable, fc.constantFrom(folder, "")), (file) => {
        const outcome = outcomeOfStatement({ statementName: "s", sqlFile: file });
        const message = "refusal" in outcome ? outcome.refusal.message : "";
        expect(outcome).toEqual({ refusal: expect.any(ValidationError) as unknown });
        expect(message).toMatch(/^test\/Statement: .*cannot be read; name a file/);
        expect(message).toContain(file);
      }),
      { numRuns: 25 },
    );
  });
});
