/** `open` is a comment, a string or a quoted name that never ends. */
export type TokenKind = "word" | "quoted" | "string" | "number" | "symbol" | "open";

/** A part of a SQL text that means something; comments and blanks mean nothing and are none. */
export interface Token {
  readonly kind: TokenKind;

  /** Names and strings without their quotes, doubled quotes made single; everything else as written. */
  readonly text: string;

  /** Position of its first character in the text. */
  readonly index: number;

  /** Counted from 1. */
  readonly line: number;
}

const LEXEME =
  /(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|(`(?:[^`]|``)*`(?!`))|('(?:[^']|'')*'(?!'))|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{L}_$][\p{L}\p{N}_$]*)|(\/\*[\s\S]*|[`'][\s\S]*)|([\s\S])/guy;

/** The tokens of a SQL text. Never fails: what is not closed is a token itself, the last one. */
export function tokenize(sql: string): readonly Token[] {
  let line = 1;
  return [...sql.matchAll(LEXEME)].flatMap((match) => {
    const place = { index: match.index, line };
    line += match[0].split("\n").length - 1;
    const meaning = meaningOf(match);
    return meaning === undefined ? [] : [{ ...meaning, ...place }];
  });
}

function meaningOf(match: RegExpExecArray): Pick<Token, "kind" | "text"> | undefined {
  const [, quoted, string, number, word, open, symbol] = match;
  if (quoted !== undefined) return { kind: "quoted", text: unquoted(quoted, "`") };
  if (string !== undefined) return { kind: "string", text: unquoted(string, "'") };
  if (number !== undefined) return { kind: "number", text: number };
  if (word !== undefined) return { kind: "word", text: word };
  if (open !== undefined) return { kind: "open", text: open };
  return symbol === undefined ? undefined : { kind: "symbol", text: symbol };
}

function unquoted(raw: string, quote: string): string {
  return raw.slice(1, -1).replaceAll(quote + quote, quote);
}

/** The word in capitals; empty for what is no word. A quoted name never is one. */
export function keywordOf(token: Token | undefined): string {
  return token?.kind === "word" ? token.text.toUpperCase() : "";
}

/** Whether the token is one of the keywords, in any case. */
export function isKeyword(token: Token | undefined, ...keywords: readonly string[]): boolean {
  return keywords.includes(keywordOf(token));
}

/** Whether the keywords stand at the position, one after the other. */
export function isPhrase(tokens: readonly Token[], start: number, phrase: string): boolean {
  return phrase.split(" ").every((keyword, offset) => isKeyword(tokens[start + offset], keyword));
}

export function isSymbol(token: Token | undefined, ...symbols: readonly string[]): boolean {
  return token?.kind === "symbol" && symbols.includes(token.text);
}

export function isName(token: Token | undefined): token is Token {
  return token?.kind === "word" || token?.kind === "quoted";
}

/** Position of the parenthesis that closes the one at the position; the end where none does. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  const offset = tokens.slice(open).findIndex((token) => {
    depth += isSymbol(token, "(") ? 1 : isSymbol(token, ")") ? -1 : 0;
    return depth === 0;
  });
  return offset < 0 ? tokens.length : open + offset;
}

/** A table as a statement names it. */
export interface TablePath {
  /** One to three parts: catalog and database first, where they are written. */
  readonly parts: readonly string[];
  readonly line: number;
}

/** The dotted name at the position. @returns undefined when there is none */
export function readPath(tokens: readonly Token[], start: number): TablePath | undefined {
  const first = tokens[start];
  return isName(first) ? pathFrom(tokens, start, first) : undefined;
}

/** The dotted name that begins with a name. */
export function pathFrom(tokens: readonly Token[], start: number, first: Token): TablePath {
  const parts = [first.text];
  for (let index = start + 1; isSymbol(tokens[index], "."); index += 2) {
    const part = tokens[index + 1];
    if (!isName(part)) break;
    parts.push(part.text);
  }
  return { parts, line: first.line };
}

/** Position after a dotted name. */
export function afterPath(start: number, { parts }: TablePath): number {
  return start + parts.length * 2 - 1;
}
