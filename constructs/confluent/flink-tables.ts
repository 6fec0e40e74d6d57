import type { FlinkTable } from "./flink-access";
import type { TablePath } from "./flink-sql/tokens";
import type { Rule } from "../core/validation";

/** Where a statement's tables are, and which it may name. */
export interface TableScope {
  readonly catalog: string;
  readonly database: string;
  readonly tables: readonly FlinkTable[];
}

/** Refuses each table that is not given, so that nothing runs without a grant and without a place in the lineage. */
export function tableRules(
  file: string,
  paths: readonly TablePath[],
  scope: TableScope,
): readonly Rule[] {
  const known = scope.tables.map(({ name }) => name).join(", ");
  return paths.map((path) => [
    tablesOf([path], scope).length === 0,
    `${file}:${path.line} must name tables that are passed in "tables" (${known}), got ${path.parts.join(".")}`,
  ]);
}

/** The tables that the paths name. */
export function tablesOf(
  paths: readonly TablePath[],
  { catalog, database, tables }: TableScope,
): readonly FlinkTable[] {
  return tables.filter(({ name }) => {
    const full = [catalog, database, name];
    return paths.some(({ parts }) => full.slice(-parts.length).join("\n") === parts.join("\n"));
  });
}

/** Names, each once, in the order of the tables. */
export function namesOf(tables: readonly FlinkTable[]): readonly string[] {
  return [...new Set(tables.map(({ name }) => name))];
}
