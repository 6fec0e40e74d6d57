/** Where a token begins and ends, counted from 1, the last character included: as Flink reports places. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type TokenKind = "word" | "quoted-identifier" | "string" | "number" | "symbol";

export interface Token extends Span {
  readonly kind: TokenKind;
  /** Names and strings without their quotes; everything else as written. */
  readonly text: string;
}

/** Text that is no Flink SQL. */
export class SqlSyntaxError extends Error {
  override readonly name = "SqlSyntaxError";
}

/** One alternative a kind of lexeme, comments and blanks among them; unterminated ones match to the end of the text. */
const lexeme =
  /(?<blank>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|(?<openComment>$)))|(?<quoted>`(?:[^`]|``)*(?:`|(?<openName>$)))|(?<string>'(?:[^']|'')*(?:'|(?<openString>$)))|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)|(?<symbol>[\s\S])/uy;

/**
 * The tokens of a SQL text, without comments and blanks.
 *
 * @throws SqlSyntaxError when a comment, name or string is not closed
 */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let column = 1;
  for (lexeme.lastIndex = 0; lexeme.lastIndex < sql.length;) {
    const match = lexeme.exec(sql);
    const { groups = {}, 0: raw = "" } = match ?? {};
    const unclosed = ["openComment", "openName", "openString"].find(
      (name) => groups[name] !== undefined,
    );
    if (unclosed !== undefined) {
      throw new SqlSyntaxError(
        `unterminated ${unclosed.slice(4).toLowerCase()} at line ${line}, column ${column}`,
      );
    }
    const end = advance({ line, column }, raw);
    const token = toToken(groups);
    if (token !== undefined) {
      tokens.push({ ...token, line, column, endLine: end.line, endColumn: end.column - 1 });
    }
    ({ line, column } = end);
  }
  return tokens;
}

function toToken(
  groups: Record<string, string | undefined>,
): Pick<Token, "kind" | "text"> | undefined {
  const { quoted, string, number, word, symbol } = groups;
  if (quoted !== undefined) {
    return { kind: "quoted-identifier", text: quoted.slice(1, -1).replaceAll("``", "`") };
  }
  if (string !== undefined) {
    return { kind: "string", text: string.slice(1, -1).replaceAll("''", "'") };
  }
  if (number !== undefined) {
    return { kind: "number", text: number };
  }
  if (word !== undefined) {
    return { kind: "word", text: word };
  }
  return symbol === undefined ? undefined : { kind: "symbol", text: symbol };
}

function advance(
  from: { readonly line: number; readonly column: number },
  raw: string,
): { line: number; column: number } {
  const lines = raw.split("\n");
  const last = lines.at(-1) ?? "";
  return lines.length === 1
    ? { line: from.line, column: from.column + last.length }
    : { line: from.line + lines.length - 1, column: last.length + 1 };
}

/** Whether the token is the keyword, in any case. A quoted name never is one. */
export function isKeyword(token: Token | undefined, ...keywords: readonly string[]): boolean {
  return token?.kind === "word" && keywords.includes(token.text.toUpperCase());
}

export function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === "symbol" && token.text === symbol;
}
