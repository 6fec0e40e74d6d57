import { isKeyword, isSymbol, SqlSyntaxError, type Token } from "./sql-tokens";

/** Position of the parenthesis that closes the one at the position. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    depth += isSymbol(tokens[index], "(") ? 1 : isSymbol(tokens[index], ")") ? -1 : 0;
    if (depth === 0) {
      return index;
    }
  }
  return tokens.length;
}

/** @throws SqlSyntaxError when one is missing */
export function checkParentheses(tokens: readonly Token[]): void {
  const open: Token[] = [];
  for (const token of tokens) {
    if (isSymbol(token, "(")) {
      open.push(token);
    } else if (isSymbol(token, ")") && open.pop() === undefined) {
      throw new SqlSyntaxError(`unexpected ) at line ${token.line}, column ${token.column}`);
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    throw new SqlSyntaxError(`unclosed ( at line ${unclosed.line}, column ${unclosed.column}`);
  }
}

/** Positions outside all parentheses. */
export function topLevel(tokens: readonly Token[]): readonly number[] {
  const positions: number[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (isSymbol(tokens[index], "(")) {
      index = closing(tokens, index);
    } else {
      positions.push(index);
    }
  }
  return positions;
}

/** Whether the FROM belongs to `a IS DISTINCT FROM b`. */
export function isPredicate(tokens: readonly Token[], from: number): boolean {
  return isKeyword(tokens[from - 1], "DISTINCT");
}

/** The query after its WITH clause. */
export function body(tokens: readonly Token[]): readonly Token[] {
  if (!isKeyword(tokens[0], "WITH")) {
    return tokens;
  }
  const start = topLevel(tokens).find((index) => isKeyword(tokens[index], "SELECT", "VALUES"));
  return start === undefined ? tokens : tokens.slice(start);
}

/** The queries that UNION and the like put together. */
export function branches(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const operators = topLevel(tokens).filter((index) =>
    isKeyword(tokens[index], "UNION", "INTERSECT", "EXCEPT"),
  );
  return [-1, ...operators].map((operator, branch) => {
    const start =
      operator + 1 + (operator >= 0 && isKeyword(tokens[operator + 1], "ALL", "DISTINCT") ? 1 : 0);
    return tokens.slice(start, operators[branch]);
  });
}

/** Position of the FROM that ends a SELECT's list. @returns undefined without one */
export function fromClause(branch: readonly Token[]): number | undefined {
  return topLevel(branch).find(
    (index) => isKeyword(branch[index], "FROM") && !isPredicate(branch, index),
  );
}
