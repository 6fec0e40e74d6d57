import { queryFacts } from "./query";
import { parseStatements, type SqlKind } from "./statement";
import { tokenize, type TablePath } from "./tokens";

/** What a statement is and touches, as far as its text tells: a parse, not a plan. */
export interface SqlAnalysis {
  readonly kind: SqlKind;

  /** Tables and views that it reads, each once, in the order of the text. */
  readonly reads: readonly TablePath[];

  /** What it writes, makes, changes or drops, each once. */
  readonly writes: readonly TablePath[];

  /**
   * Why Flink must remember earlier records to run it, each with its line: empty for a statement that looks at one
   * record at a time, in any order.
   */
  readonly statefulBecause: readonly string[];
}

/** Analyses a text with one statement; of several, the first. */
export function analyseSql(sql: string): SqlAnalysis {
  const [statement] = parseStatements(tokenize(sql));
  const facts = (statement?.queries ?? []).map(queryFacts);
  const state = facts.flatMap((fact) => fact.state);
  return {
    kind: statement?.kind ?? "other",
    reads: distinct(facts.flatMap((fact) => fact.reads)),
    writes: distinct(statement?.targets ?? []),
    statefulBecause: state.map(({ what, token }) => `${what} in line ${token.line}`),
  };
}

function distinct(paths: readonly TablePath[]): readonly TablePath[] {
  const byName = new Map(paths.toReversed().map((path) => [JSON.stringify(path.parts), path]));
  return paths.filter((path) => byName.get(JSON.stringify(path.parts)) === path);
}
