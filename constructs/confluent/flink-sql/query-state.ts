import { isKeyword, isName, isPhrase, isSymbol, keywordOf, type Token } from "./tokens";

/** Functions that need more than the row at hand. */
const AGGREGATES =
  "COUNT SUM AVG MIN MAX COLLECT LISTAGG ARRAY_AGG STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP FIRST_VALUE LAST_VALUE NTH_VALUE LAG LEAD ROW_NUMBER RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE JSON_ARRAYAGG JSON_OBJECTAGG STRING_AGG APPROX_COUNT_DISTINCT".split(
    " ",
  );

/** `t FOR SYSTEM_TIME AS OF …`: keeps one row of each key, and those until the watermark passes. */
export function isTemporalAt(tokens: readonly Token[], start: number): boolean {
  return isPhrase(tokens, start, "FOR SYSTEM_TIME AS OF");
}

/** What the word at the position makes Flink remember, if anything. */
export function stateAt(tokens: readonly Token[], index: number): string | undefined {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (isKeyword(token, "GROUP", "ORDER") && isKeyword(after, "BY")) return `${keywordOf(token)} BY`;
  if (isKeyword(token, "DISTINCT")) return isKeyword(after, "FROM") ? undefined : "DISTINCT";
  if (isKeyword(token, "UNION")) return isKeyword(after, "ALL") ? undefined : "UNION without ALL";
  if (isKeyword(token, "INTERSECT", "EXCEPT", "MINUS", "HAVING", "MATCH_RECOGNIZE")) {
    return keywordOf(token);
  }
  if (isKeyword(token, "OVER")) {
    return isSymbol(before, ")") || isSymbol(after, "(") ? "OVER" : undefined;
  }
  if (isKeyword(token, "LIMIT", "FETCH")) {
    return after?.kind === "number" || isKeyword(after, "FIRST", "NEXT")
      ? keywordOf(token)
      : undefined;
  }
  // A quoted name calls the same function.
  const name = token?.text.toUpperCase() ?? "";
  return isName(token) && isSymbol(after, "(") && AGGREGATES.includes(name)
    ? `${name}()`
    : undefined;
}
