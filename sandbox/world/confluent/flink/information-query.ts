import type { ConfluentCloud } from "../cloud";
import type { ResultColumn, StatementResult } from "../objects";
import { MAX_LENGTH } from "./flink-type";
import { INFORMATION_SCHEMA, informationRows, type InformationRow } from "./information-schema";
import { PlanFailure } from "./plan-failure";
import { afterPath, readPath, type Query } from "./sql-query";
import { branches, closing, fromClause, topLevel } from "./sql-structure";
import { isKeyword, isSymbol, tokenize, type Token } from "./sql-tokens";
import { CATALOG, type Session } from "./tables";

/** Views' columns that hold numbers. */
const NUMBER = /(ORDINAL_POSITION|DISTRIBUTION_BUCKETS)$/;

type Cell = string | number | null;

/** A column of a SELECT: what it is called, and what it takes from a row. */
interface Item {
  readonly name: string;
  readonly value: (row: InformationRow) => Cell;
}

/** Whether all that a query reads are views of information schemas. */
export function asksForInformation({ sources }: Query): boolean {
  return (
    sources.length > 0 &&
    sources.every(({ path }) => path.at(-2)?.toUpperCase() === INFORMATION_SCHEMA)
  );
}

/**
 * Answers a query on the information schema: SELECTs of columns, texts and typed nulls, with comparisons that must all
 * hold, put together by UNION ALL. This is what Confluent's client libraries send, and a person who looks around.
 *
 * @throws PlanFailure for a query that does more, or a view that there is not
 */
export function answerInformation(
  cloud: ConfluentCloud,
  session: Session,
  sql: string,
): StatementResult {
  const tokens = tokenize(sql).filter((token) => !isSymbol(token, ";"));
  const answers = branches(tokens).map((branch) => select(cloud, session, unwrapped(branch)));
  const [first] = answers;
  return {
    columns: (first?.names ?? []).map(column),
    rows: answers.flatMap(({ rows }) =>
      rows.map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
    ),
  };
}

function select(
  cloud: ConfluentCloud,
  session: Session,
  tokens: readonly Token[],
): { names: readonly string[]; rows: readonly (readonly Cell[])[] } {
  const from = fromClause(tokens);
  const view = from === undefined ? undefined : readPath(tokens, from + 1);
  if (!isKeyword(tokens[0], "SELECT") || from === undefined || view === undefined) {
    throw unsupported(tokens[0]);
  }
  const [name = "", , catalog = session.properties[CATALOG] ?? ""] = [...view.path].reverse();
  const rows = informationRows(cloud, session, catalog, name.toUpperCase());
  if (rows === undefined) {
    throw new PlanFailure(`Table (or view) '${view.path.join(".")}' does not exist.`);
  }
  const where = condition(tokens.slice(afterPath(from + 1, view)));
  const items = split(tokens.slice(1, from), ",").map(item);
  return {
    names: items.map((one) => one.name),
    rows: rows.filter(where).map((row) => items.map(({ value }) => value(row))),
  };
}

/** Without the parentheses around it. */
function unwrapped(branch: readonly Token[]): readonly Token[] {
  return isSymbol(branch[0], "(") && closing(branch, 0) === branch.length - 1
    ? unwrapped(branch.slice(1, -1))
    : branch;
}

function item(tokens: readonly Token[]): Item {
  const [first, second] = tokens;
  const isNamed = isKeyword(tokens.at(-2), "AS");
  const expression = isNamed ? tokens.slice(0, -2) : tokens;
  const name = (isNamed ? tokens.at(-1)?.text : undefined) ?? first?.text ?? "";
  if (first?.kind === "string" && expression.length === 1) {
    return { name, value: () => first.text };
  }
  if (isKeyword(first, "CAST") && isSymbol(second, "(") && isKeyword(tokens[2], "NULL")) {
    return { name, value: () => null };
  }
  if (first === undefined || expression.length !== 1 || !isName(first)) {
    throw unsupported(first);
  }
  return { name, value: (row) => cellOf(row, first) };
}

/** @param clause what comes after the view: nothing, or WHERE and comparisons */
function condition(clause: readonly Token[]): (row: InformationRow) => boolean {
  const [first, ...rest] = clause;
  if (first === undefined) {
    return () => true;
  }
  if (!isKeyword(first, "WHERE")) {
    throw unsupported(first);
  }
  const comparisons = split(rest, "AND").map(comparison);
  return (row) => comparisons.every((holds) => holds(row));
}

function comparison(tokens: readonly Token[]): (row: InformationRow) => boolean {
  const inner = unwrapped(tokens);
  const [column, operator, ...rest] = inner;
  const [value] = rest;
  const isNot = isSymbol(operator, "<") && isSymbol(value, ">");
  const literal = isNot ? rest[1] : value;
  const length = isNot ? 4 : 3;
  if (
    column === undefined ||
    !isName(column) ||
    !(isSymbol(operator, "=") || isNot) ||
    (literal?.kind !== "string" && literal?.kind !== "number") ||
    inner.length !== length
  ) {
    throw unsupported(column);
  }
  return (row) => (String(cellOf(row, column)) === literal.text) !== isNot;
}

function cellOf(row: InformationRow, { text }: Token): Cell {
  const cell = row[text.toUpperCase()];
  if (cell === undefined) {
    throw new PlanFailure(
      `Column '${text}' not found in any table; the view has: ${Object.keys(row).join(", ")}.`,
    );
  }
  return cell;
}

function split(tokens: readonly Token[], separator: string): readonly (readonly Token[])[] {
  const at = topLevel(tokens).filter(
    (index) => isSymbol(tokens[index], separator) || isKeyword(tokens[index], separator),
  );
  return [-1, ...at].map((start, index) => tokens.slice(start + 1, at[index]));
}

function isName({ kind }: Token): boolean {
  return kind === "word" || kind === "quoted-identifier";
}

function column(name: string): ResultColumn {
  return {
    name,
    type: NUMBER.test(name)
      ? { type: "INTEGER", nullable: true }
      : { type: "VARCHAR", length: MAX_LENGTH, nullable: true },
  };
}

function unsupported(token: Token | undefined): PlanFailure {
  const place =
    token === undefined ? "at its end" : `at line ${token.line}, column ${token.column}`;
  return new PlanFailure(
    `The sandbox cannot answer this query on the information schema (${place}): it takes columns, texts and CAST(NULL AS …), ` +
      "comparisons with = or <> joined by AND, and UNION ALL.",
  );
}
