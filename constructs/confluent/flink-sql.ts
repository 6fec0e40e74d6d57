import type { Rule } from "../core/validation";

const NAME = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const PATH = String.raw`${NAME}(?:\s*\.\s*${NAME})*`;

const INSERT = /\binsert\s+(?:into|overwrite)\b/giu;

/** What must follow an INSERT: a table and names in parentheses. A query in parentheses is no list of names. */
const TARGET_WITH_COLUMNS = new RegExp(
  String.raw`^\s*${PATH}\s*\(\s*${PATH}(?:\s*,\s*${PATH})*\s*\)`,
  "u",
);

const STATEMENT_SET =
  /^(?<begin>\s*execute\s+statement\s+set\s+begin\b)(?<body>.*)(?<end>\bend[\s;]*)$/isu;

const CREATE_UNLESS_THERE =
  /^\s*create\s+(?:\w+\s+){0,2}(?:table|view)\s+if\s+not\s+exists\b.*\bas[\s(]+(?:select|with|values)\b/isu;

/** A comment, a string or a quoted name; or the beginning of one that never ends. */
const OPAQUE = /--[^\n]*|\/\*.*?\*\/|'[^']*'|`[^`]*`|(?<open>\/\*|['`])/gsu;

/** What stands for something opaque, by its first character: a comment is blank, and a quoted name is a name. */
const FILLER: Readonly<Record<string, string>> = { "-": " ", "/": " ", "'": "'", "`": "q" };

/**
 * What a file for a {@link FlinkStatement} must hold: one statement that does the same thing whenever it is run.
 *
 * @param file named in the messages.
 */
export function sqlRules(file: string, sql: string): readonly Rule[] {
  const code = joinStatementSet(mask(sql));
  const open = [...sql.matchAll(OPAQUE)].find(({ groups }) => groups?.["open"] !== undefined);
  const statements = split(code);
  const semicolon = code.indexOf(";");
  const byPosition = [...code.matchAll(INSERT)].find(
    ({ index, 0: { length } }) => !TARGET_WITH_COLUMNS.test(code.slice(index + length)),
  );
  return [
    [sql.trim() === "", `${file} must hold a SQL statement, got an empty file`],
    [
      sql.trim() !== "" && statements.length === 0,
      `${file} must hold a SQL statement, got nothing but ${excerpt(sql, 0)}`,
    ],
    [
      open !== undefined,
      `${file} must close its comments, strings and quoted names, got ${excerpt(sql, open?.index)}`,
    ],
    [
      statements.length > 1,
      `${file} must hold one statement: give each a file of its own, got ${statements.length}`,
    ],
    [
      statements.length === 1 && semicolon >= 0,
      `${file} must end without ";": Confluent runs one statement, and a comment with its name follows, got ${excerpt(sql, sql.lastIndexOf("\n", semicolon) + 1)}`,
    ],
    [
      byPosition !== undefined,
      `${file} must list the columns it inserts, as in INSERT INTO t (a, b) SELECT …: INSERT maps by position, not by name, got ${excerpt(sql, byPosition?.index)}`,
    ],
    [
      CREATE_UNLESS_THERE.test(code),
      `${file} must not create by query IF NOT EXISTS: where the table is there, a changed query does nothing; make the table a topic with subjects and INSERT into it, got ${excerpt(sql, code.search(/\S/u))}`,
    ],
  ];
}

/** The text with nothing in it that could be taken for SQL and is none. Everything stays at its place. */
function mask(sql: string): string {
  return sql.replace(OPAQUE, (match) => (FILLER[match.charAt(0)] ?? "").repeat(match.length));
}

/** A statement set as one statement: without the semicolons that belong there, after each of its INSERTs. */
function joinStatementSet(code: string): string {
  const { begin = "", body = "", end = "" } = STATEMENT_SET.exec(code)?.groups ?? {};
  const isSet = begin !== "" && split(body).every((statement) => /^insert\b/iu.test(statement));
  return isSet ? begin + body.replaceAll(";", " ") + end : code;
}

function split(code: string): readonly string[] {
  return code
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

/** What a person looks for in the file: its beginning on one line, quoted. */
function excerpt(sql: string, from = 0): string {
  const text = sql.slice(from).replaceAll(/\s+/gu, " ").trim();
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
