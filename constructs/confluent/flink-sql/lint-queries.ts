import type { LintInput, LintRule } from "./lint-rule";
import { queryFacts, type QueryFacts } from "./query";
import { isKeyword, isSymbol, type Token } from "./tokens";

/** How long Flink keeps what a join or an aggregation may need again. */
export const STATE_TTL = "sql.state-ttl";

const GROUP_WINDOWS = ["TUMBLE", "HOP", "SESSION"];

const GROUP_WINDOW_PARTS = GROUP_WINDOWS.flatMap((window) =>
  ["START", "END", "ROWTIME", "PROCTIME"].map((part) => `${window}_${part}`),
);

/** Rules for what runs. */
export const queryRules: readonly LintRule[] = [
  {
    must: "list the columns it inserts, as in INSERT INTO t (a, b) SELECT …: INSERT maps by position, not by name",
    find: ({ statements }) =>
      statements
        .flatMap(({ inserts }) => inserts)
        .filter(({ hasColumns }) => !hasColumns)
        .map(({ token }) => token),
  },
  {
    must: "name each column instead of *: a column that the source gains would shift or break the INSERT",
    find: (input) => factsOfInserts(input).flatMap(({ stars }) => stars),
  },
  {
    must: `join with the property "${STATE_TTL}", which says how long rows wait for a match: without it the state grows for ever`,
    find: (input) =>
      input.properties[STATE_TTL] === undefined
        ? facts(input).flatMap(({ regularJoins }) => regularJoins)
        : [],
  },
  {
    must: "window with a table function, as in FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end: Confluent has no group windows",
    find: ({ tokens }) => tokens.filter((_, index) => isGroupWindow(tokens, index)),
  },
  {
    must: "use event time, such as the column `$rowtime`: Confluent has no PROCTIME()",
    find: ({ tokens }) =>
      tokens.filter(
        (token, index) => isKeyword(token, "PROCTIME") && isSymbol(tokens[index + 1], "("),
      ),
  },
  {
    must: "quote the column as `$rowtime`: other tools that read the file take the bare word for an error",
    find: ({ tokens }) => tokens.filter((token) => isKeyword(token, "$ROWTIME")),
  },
];

function isGroupWindow(tokens: readonly Token[], index: number): boolean {
  if (!isSymbol(tokens[index + 1], "(")) return false;
  const ofTable = isKeyword(tokens[index + 2], "TABLE", "DATA");
  return (
    isKeyword(tokens[index], ...GROUP_WINDOW_PARTS) ||
    (isKeyword(tokens[index], ...GROUP_WINDOWS) && !ofTable)
  );
}

function facts({ statements }: LintInput): readonly QueryFacts[] {
  return statements.flatMap(({ queries }) => queries).map(queryFacts);
}

function factsOfInserts(input: LintInput): readonly QueryFacts[] {
  const statements = input.statements.filter(({ inserts }) => inserts.length > 0);
  return facts({ ...input, statements });
}
