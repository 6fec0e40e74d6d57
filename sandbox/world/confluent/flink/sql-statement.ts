import { afterPath, parseQuery, readPath, type Query, type TableReference } from "./sql-query";
import { closing } from "./sql-structure";
import { isKeyword, isSymbol, SqlSyntaxError, tokenize, type Token } from "./sql-tokens";

/** One `INSERT INTO`. */
export interface Insert {
  readonly sink: TableReference;
  /** The column list. @default undefined - there is none: columns are mapped by position */
  readonly columns?: readonly Token[];
  readonly query: Query;
  /** Whether its rows are given in the text, so that the statement ends by itself. */
  readonly isBounded: boolean;
}

/** One `ALTER TABLE … SET (…)`. */
export interface TableOptions {
  readonly table: TableReference;
  readonly options: Readonly<Record<string, string>>;
}

/** What a SHOW lists. */
export type ShowTarget = "FUNCTIONS" | "USER FUNCTIONS";

/** A statement as far as the world runs it. */
export type SqlStatement =
  | ({ readonly kind: "alter-options" } & TableOptions)
  | { readonly kind: "insert"; readonly inserts: readonly Insert[] }
  | { readonly kind: "select"; readonly query: Query }
  | { readonly kind: "explain"; readonly statement: SqlStatement }
  | { readonly kind: "show"; readonly what: ShowTarget }
  | { readonly kind: "other"; readonly verb: string };

/** @throws SqlSyntaxError saying where the text stops being SQL */
export function parseStatement(sql: string): SqlStatement {
  return parseTokens(withoutFinalSemicolon(tokenize(sql)));
}

function parseTokens(tokens: readonly Token[]): SqlStatement {
  const [first, second, third] = tokens;
  if (first === undefined) {
    throw new SqlSyntaxError("the statement is empty");
  }
  if (isKeyword(first, "INSERT")) {
    return { kind: "insert", inserts: [parseInsert(tokens)] };
  }
  if (isKeyword(first, "EXECUTE") && isKeyword(second, "STATEMENT") && isKeyword(third, "SET")) {
    return { kind: "insert", inserts: parseStatementSet(tokens.slice(3)) };
  }
  if (isKeyword(first, "SELECT", "WITH", "VALUES") || isSymbol(first, "(")) {
    return { kind: "select", query: parseQuery(tokens) };
  }
  if (isKeyword(first, "EXPLAIN")) {
    return { kind: "explain", statement: parseTokens(tokens.slice(1)) };
  }
  if (isKeyword(first, "SHOW") && isKeyword(second, "FUNCTIONS")) {
    return { kind: "show", what: "FUNCTIONS" };
  }
  if (isKeyword(first, "SHOW") && isKeyword(second, "USER") && isKeyword(third, "FUNCTIONS")) {
    return { kind: "show", what: "USER FUNCTIONS" };
  }
  if (isKeyword(first, "ALTER") && isKeyword(second, "TABLE")) {
    const altered = parseTableOptions(tokens);
    if (altered !== undefined) {
      return { kind: "alter-options", ...altered };
    }
  }
  const verb = isKeyword(first, "CREATE", "ALTER", "DROP") ? [first, second] : [first];
  return { kind: "other", verb: verb.map((token) => token?.text.toUpperCase()).join(" ") };
}

/** `BEGIN <insert>; <insert>; END`. */
function parseStatementSet(tokens: readonly Token[]): readonly Insert[] {
  if (!isKeyword(tokens[0], "BEGIN") || !isKeyword(tokens.at(-1), "END")) {
    throw new SqlSyntaxError("a statement set stands between BEGIN and END");
  }
  const inner = tokens.slice(1, -1);
  const ends = inner.flatMap((token, index) => (isSymbol(token, ";") ? [index] : []));
  return ends.map((end, index) => parseInsert(inner.slice((ends[index - 1] ?? -1) + 1, end)));
}

/** `INSERT INTO <table> [(<columns>)] <query>`. */
function parseInsert(tokens: readonly Token[]): Insert {
  if (!isKeyword(tokens[0], "INSERT") || !isKeyword(tokens[1], "INTO")) {
    throw unexpected(tokens[1] ?? tokens[0], "INSERT INTO");
  }
  const sink = readPath(tokens, 2);
  if (sink === undefined) {
    throw unexpected(tokens[2], "a table's name");
  }
  const next = afterPath(2, sink);
  const hasColumns =
    isSymbol(tokens[next], "(") && !isKeyword(tokens[next + 1], "SELECT", "WITH", "VALUES");
  const end = hasColumns ? closing(tokens, next) : next - 1;
  const query = tokens.slice(end + 1);
  if (!isKeyword(query[0], "SELECT", "WITH", "VALUES") && !isSymbol(query[0], "(")) {
    throw unexpected(query[0], "a query");
  }
  return {
    sink,
    columns: hasColumns
      ? tokens.slice(next + 1, end).filter((token) => !isSymbol(token, ","))
      : undefined,
    query: parseQuery(query),
    isBounded: isKeyword(query[0], "VALUES"),
  };
}

/**
 * `ALTER TABLE <table> SET ('<option>' = '<value>', …)`.
 *
 * @returns undefined for an ALTER TABLE that does something else
 */
function parseTableOptions(tokens: readonly Token[]): TableOptions | undefined {
  const table = readPath(tokens, 2);
  const set = table === undefined ? 2 : afterPath(2, table);
  if (table === undefined || !isKeyword(tokens[set], "SET")) {
    return undefined;
  }
  const list = tokens.slice(set + 2, -1);
  const options: [string, string][] = [];
  for (let index = 0; index < list.length; index += 4) {
    const [name, equals, value, comma] = list.slice(index, index + 4);
    if (name?.kind !== "string" || !isSymbol(equals, "=") || value?.kind !== "string") {
      throw unexpected(name, "'option' = 'value'");
    }
    if (comma !== undefined && !isSymbol(comma, ",")) {
      throw unexpected(comma, ",");
    }
    options.push([name.text, value.text]);
  }
  if (!isSymbol(tokens[set + 1], "(") || !isSymbol(tokens.at(-1), ")") || options.length === 0) {
    throw unexpected(tokens[set + 1], "a list of options in parentheses");
  }
  return { table, options: Object.fromEntries(options) };
}

function withoutFinalSemicolon(tokens: readonly Token[]): readonly Token[] {
  return isSymbol(tokens.at(-1), ";") ? tokens.slice(0, -1) : tokens;
}

function unexpected(token: Token | undefined, wanted: string): SqlSyntaxError {
  return new SqlSyntaxError(
    token === undefined
      ? `the statement ends where ${wanted} was expected`
      : `"${token.text}" at line ${token.line}, column ${token.column} where ${wanted} was expected`,
  );
}
