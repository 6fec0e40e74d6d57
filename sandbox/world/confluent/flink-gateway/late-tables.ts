import { SqlSyntaxError, tokenize } from "../flink/sql-tokens";

/** Tables that the next statements do not see, as happens for a while after one was made. */
export class LateTables {
  private counts: Readonly<Record<string, number>> = {};

  /** By table, how many more statements do not see it. */
  get left(): Readonly<Record<string, number>> {
    return this.counts;
  }

  set(counts: Readonly<Record<string, number>>): void {
    this.counts = counts;
  }

  /**
   * The tables that a new statement does not see. For those that it names there is one statement less then; one that lists
   * the tables there are does not count.
   *
   * @returns undefined when it sees all
   */
  take(sql: string): readonly string[] | undefined {
    const late = Object.keys(this.counts).filter((table) => (this.counts[table] ?? 0) > 0);
    const named = new Set(late.length === 0 ? [] : namesIn(sql));
    this.counts = Object.fromEntries(
      late.map((table) => [table, (this.counts[table] ?? 0) - (named.has(table) ? 1 : 0)]),
    );
    return late.length === 0 ? undefined : late;
  }
}

/** Names and texts: of a table that is read or written, or by which an information schema is asked for one. */
function namesIn(sql: string): readonly string[] {
  try {
    return tokenize(sql)
      .filter(({ kind }) => kind !== "symbol" && kind !== "number")
      .map(({ text }) => text);
  } catch (error) {
    if (error instanceof SqlSyntaxError) {
      return []; // It fails when it is planned.
    }
    throw error;
  }
}
