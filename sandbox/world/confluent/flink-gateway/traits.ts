import type { JsonObject } from "../../values";
import { asksForInformation } from "../flink/information-query";
import { parseStatement, type SqlStatement } from "../flink/sql-statement";
import { SqlSyntaxError } from "../flink/sql-tokens";
import type { FlinkStatement } from "../objects";

/** What Flink found out about a statement when it planned it. A client reads the columns of every statement with rows. */
export function traits({ sql, result }: FlinkStatement): JsonObject {
  const { kind, isBounded } = nature(sql);
  return {
    sql_kind: kind,
    is_bounded: isBounded,
    is_append_only: true,
    upsert_columns: null,
    schema: { columns: (result?.columns ?? []).map(({ name, type }) => ({ name, type })) },
  };
}

function nature(sql: string): { kind: string; isBounded: boolean } {
  const statement = parsed(sql);
  switch (statement?.kind) {
    case "insert":
      return {
        kind: /^\s*EXECUTE\b/i.test(sql) ? "STATEMENT_SET" : "INSERT_INTO",
        isBounded: statement.inserts.every(({ isBounded }) => isBounded),
      };
    case "select":
      return { kind: "SELECT", isBounded: asksForInformation(statement.query) };
    case "explain":
      return { kind: "EXPLAIN", isBounded: true };
    case "show":
      return { kind: `SHOW_${statement.what.replaceAll(" ", "_")}`, isBounded: true };
    case "alter-options":
      return { kind: "ALTER_TABLE", isBounded: true };
    case "other":
      return { kind: statement.verb.replaceAll(" ", "_"), isBounded: true };
    case undefined:
      return { kind: "", isBounded: false };
  }
}

/** @returns undefined for a text that is no SQL, which fails when it is planned */
function parsed(sql: string): SqlStatement | undefined {
  try {
    return parseStatement(sql);
  } catch (error) {
    if (error instanceof SqlSyntaxError) {
      return undefined;
    }
    throw error;
  }
}
