import { columnCount, selectList, type SelectList } from "./sql-select-list";
import {
  body,
  branches,
  checkParentheses,
  closing,
  fromClause,
  isPredicate,
} from "./sql-structure";
import { isKeyword, isSymbol, type Span, type Token } from "./sql-tokens";

/** A table as a statement names it: one to three parts, catalog and database first. */
export interface TableReference extends Span {
  readonly path: readonly string[];
}

/** What the world needs to know of a query. */
export interface Query {
  /** Tables that it reads, in the order in which they first appear; its own WITH names are none. */
  readonly sources: readonly TableReference[];
  /** For each branch of its UNIONs, how many columns it has; undefined where only a planner could tell. */
  readonly columnCounts: readonly (number | undefined)[];
  /** What its first branch gives, which names the columns; undefined where only a planner could tell. */
  readonly selectList?: SelectList;
  /** The table that a `*` of the first branch stands for: the only one of the query, read directly. */
  readonly starOf?: TableReference;
}

/** Words that end a FROM clause, so that a comma after them starts no table. */
const afterFrom = [
  "WHERE",
  "GROUP",
  "HAVING",
  "WINDOW",
  "ORDER",
  "LIMIT",
  "UNION",
  "INTERSECT",
  "EXCEPT",
  "SELECT",
];

/** Words that stand where a table could stand and are none. */
const noTable = ["LATERAL", "UNNEST", "VALUES", "SELECT", "WITH"];

/** One level of parentheses. */
interface Level {
  /** FROM belongs to a query only after its SELECT: `EXTRACT(DAY FROM d)` has one as well. */
  hasSelect: boolean;
  inFrom: boolean;
  tableNext: boolean;
}

/** @throws SqlSyntaxError when the parentheses do not match */
export function parseQuery(tokens: readonly Token[]): Query {
  checkParentheses(tokens);
  const own = withNames(tokens);
  const seen = new Set<string>();
  const sources = tableReferences(tokens).filter(({ path }) => {
    const key = JSON.stringify(path);
    const isNew = !seen.has(key) && !(path.length === 1 && own.has(path[0] ?? ""));
    seen.add(key);
    return isNew;
  });
  const lists = branches(body(tokens));
  const [first = []] = lists;
  return {
    sources,
    columnCounts: lists.map((branch) => columnCount(selectList(branch))),
    selectList: selectList(first),
    starOf: onlyTable(first, sources),
  };
}

/** A dotted name at the position. @returns undefined when there is none */
export function readPath(tokens: readonly Token[], start: number): TableReference | undefined {
  const parts: Token[] = [];
  for (let index = start; isName(tokens[index]); index += 2) {
    parts.push(...tokens.slice(index, index + 1));
    if (!isSymbol(tokens[index + 1], ".")) {
      break;
    }
  }
  const first = parts[0];
  const last = parts.at(-1);
  return first === undefined || last === undefined
    ? undefined
    : {
        path: parts.map(({ text }) => text),
        line: first.line,
        column: first.column,
        endLine: last.endLine,
        endColumn: last.endColumn,
      };
}

/** Position after a dotted name of so many parts. */
export function afterPath(start: number, reference: TableReference): number {
  return start + reference.path.length * 2 - 1;
}

function isName(token: Token | undefined): boolean {
  return token?.kind === "word" || token?.kind === "quoted-identifier";
}

function tableReferences(tokens: readonly Token[]): readonly TableReference[] {
  const found: TableReference[] = [];
  const levels: Level[] = [{ hasSelect: false, inFrom: false, tableNext: false }];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    const level = levels.at(-1);
    if (token === undefined || level === undefined) {
      break;
    }
    const { tableNext } = level;
    level.tableNext = false;
    if (isSymbol(token, "(")) {
      levels.push({ hasSelect: false, inFrom: false, tableNext: false });
    } else if (isSymbol(token, ")")) {
      levels.pop();
    } else if (isSymbol(token, ",")) {
      level.tableNext = level.inFrom;
    } else if (isKeyword(token, "FROM", "JOIN") && level.hasSelect && !isPredicate(tokens, index)) {
      level.inFrom = true;
      level.tableNext = true;
    } else if (isKeyword(token, ...afterFrom)) {
      level.inFrom = false;
      level.hasSelect ||= isKeyword(token, "SELECT");
    } else if (
      isTableArgument(tokens, index) ||
      (tableNext && isName(token) && !isKeyword(token, ...noTable, "TABLE"))
    ) {
      const start = isKeyword(token, "TABLE") ? index + 1 : index;
      const reference = readPath(tokens, start);
      if (reference !== undefined) {
        const end = afterPath(start, reference);
        // A name before a parenthesis is a table function; its arguments may be tables again.
        if (!isSymbol(tokens[end], "(")) {
          found.push(reference);
        }
        index = end - 1;
      }
    }
  }
  return found;
}

/** `TUMBLE(TABLE orders, …)`. */
function isTableArgument(tokens: readonly Token[], index: number): boolean {
  return isKeyword(tokens[index], "TABLE") && isName(tokens[index + 1]);
}

/** Names that the query defines itself: `WITH name AS (…), other (columns) AS (…)`. */
function withNames(tokens: readonly Token[]): ReadonlySet<string> {
  const names = tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    const follows = isKeyword(before, "WITH") || isSymbol(before, ",");
    const next = isSymbol(tokens[index + 1], "(") ? closing(tokens, index + 1) + 1 : index + 1;
    const defines = isKeyword(tokens[next], "AS") && isSymbol(tokens[next + 1], "(");
    return follows && isName(token) && defines ? [token.text] : [];
  });
  return new Set(names);
}

function onlyTable(
  branch: readonly Token[],
  sources: readonly TableReference[],
): TableReference | undefined {
  const from = fromClause(branch);
  const table = from === undefined ? undefined : readPath(branch, from + 1);
  const [only, ...others] = sources;
  return table !== undefined && others.length === 0 && only?.path.join() === table.path.join()
    ? only
    : undefined;
}
