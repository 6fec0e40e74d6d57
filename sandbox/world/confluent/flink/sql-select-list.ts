import { closing, fromClause, topLevel } from "./sql-structure";
import { isKeyword, isSymbol, type Token } from "./sql-tokens";

/** A column of a query's result. */
export interface SelectItem {
  /** Its name; undefined for an expression without one. */
  readonly name?: string;
  /** The column that it passes on as it is. @default - it is computed */
  readonly column?: string;
}

/** A SELECT's list; `*` and `t.*` stand for any number of columns. */
export type SelectList = readonly (SelectItem | "*")[];

/** Words that can end an expression, so that they are no name for it. */
const lastWords = ["END", "NULL", "TRUE", "FALSE", "UNKNOWN", "DAY", "HOUR", "MINUTE", "SECOND"];

/** What a branch of a query gives. @returns undefined where only a planner could tell */
export function selectList(branch: readonly Token[]): SelectList | undefined {
  if (isKeyword(branch[0], "VALUES")) {
    const end = isSymbol(branch[1], "(") ? closing(branch, 1) : 2;
    const row = branch.slice(isSymbol(branch[1], "(") ? 2 : 1, end);
    return items(row).map(() => ({}));
  }
  if (!isKeyword(branch[0], "SELECT")) {
    return undefined;
  }
  const start = isKeyword(branch[1], "DISTINCT", "ALL") ? 2 : 1;
  return items(branch.slice(start, fromClause(branch))).map(item);
}

/** How many columns a list has; undefined when a star is in it. */
export function columnCount(list: SelectList | undefined): number | undefined {
  return list === undefined || list.includes("*") ? undefined : list.length;
}

function items(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const commas = topLevel(tokens).filter((index) => isSymbol(tokens[index], ","));
  return [-1, ...commas].map((comma, index) => tokens.slice(comma + 1, commas[index]));
}

function item(tokens: readonly Token[]): SelectItem | "*" {
  const last = tokens.at(-1);
  const before = tokens.at(-2);
  if (isSymbol(last, "*") && (tokens.length === 1 || isSymbol(before, "."))) {
    return "*";
  }
  if (last === undefined || !isName(last)) {
    return {};
  }
  if (isKeyword(before, "AS")) {
    return { name: last.text, ...passedOn(tokens.slice(0, -2)) };
  }
  if (isPath(tokens)) {
    return { name: last.text, column: last.text };
  }
  const endsExpression =
    before !== undefined &&
    (before.kind !== "symbol" || before.text === ")") &&
    (before.kind !== "word" || isName(before) || isKeyword(before, "END"));
  return endsExpression ? { name: last.text, ...passedOn(tokens.slice(0, -1)) } : {};
}

function passedOn(tokens: readonly Token[]): Pick<SelectItem, "column"> {
  return isPath(tokens) ? { column: tokens.at(-1)?.text } : {};
}

function isPath(tokens: readonly Token[]): boolean {
  return (
    tokens.length % 2 === 1 &&
    tokens.every((token, index) => (index % 2 === 0 ? isName(token) : isSymbol(token, ".")))
  );
}

function isName(token: Token): boolean {
  return (
    token.kind === "quoted-identifier" || (token.kind === "word" && !isKeyword(token, ...lastWords))
  );
}
