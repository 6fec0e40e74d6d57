import type { Rule } from "../../core/validation";
import { definitionRules } from "./lint-definitions";
import { queryRules } from "./lint-queries";
import type { LintRule } from "./lint-rule";
import { parseStatements } from "./statement";
import { isSymbol, tokenize } from "./tokens";

/** Confluent's limit for a statement's text, in characters. */
export const TEXT_LIMIT = 131_072;

const RULES: readonly LintRule[] = [
  {
    must: "close its comments, strings and quoted names",
    find: ({ tokens }) => tokens.filter(({ kind }) => kind === "open"),
  },
  {
    must: 'end without ";": Confluent runs one statement, and a comment with its name follows',
    find: ({ tokens, statements }) =>
      statements.length === 1 && isSymbol(tokens.at(-1), ";") ? tokens.slice(-1) : [],
  },
  ...queryRules,
  ...definitionRules,
];

export interface LintedSql {
  /** Named in the messages. */
  readonly file: string;
  readonly sql: string;

  /** @default - none */
  readonly properties?: Readonly<Record<string, string>>;

  /** Characters that are added to the text later. @default 0 */
  readonly reserved?: number;
}

/**
 * What a file must hold so that it is one statement that does the same thing whenever it is run. A broken rule names
 * the file and the line, shows the place and says what to write instead.
 */
export function sqlRules({ file, sql, properties = {}, reserved = 0 }: LintedSql): readonly Rule[] {
  const tokens = tokenize(sql);
  const statements = parseStatements(tokens);
  const limit = TEXT_LIMIT - reserved;
  return [
    [sql.trim() === "", `${file} must hold a SQL statement, got an empty file`],
    [
      sql.trim() !== "" && statements.length === 0,
      `${file} must hold a SQL statement, got nothing but ${excerpt(sql, 0)}`,
    ],
    [
      statements.length > 1,
      `${file} must hold one statement: give each a file of its own, got ${statements.length}`,
    ],
    [sql.length > limit, `${file} must be at most ${limit} characters long, got ${sql.length}`],
    ...RULES.flatMap(({ must, find }) =>
      find({ tokens, statements, properties }).map(({ line, index }): Rule => {
        const place =
          sql.slice(index, index + 1) === ";" ? sql.lastIndexOf("\n", index) + 1 : index;
        return [true, `${file}:${line} must ${must}, got ${excerpt(sql, place)}`];
      }),
    ),
  ];
}

/** What a person looks for in the file: its beginning on one line, quoted. */
function excerpt(sql: string, from: number): string {
  const text = sql.slice(from).replaceAll(/\s+/gu, " ").trim();
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
