import type { ConfluentCloud } from "../cloud";
import { failureDetail, PlanFailure, requirePermissions } from "./plan-failure";
import { tableUses, type TableUse } from "./required-permissions";
import type { TableReference } from "./sql-query";
import { parseStatement, type Insert } from "./sql-statement";
import type { Span } from "./sql-tokens";
import { CATALOG, DATABASE, findTable, type Session, type Table } from "./tables";

/** What Flink would do with a statement. */
export type Plan =
  | { readonly kind: "runs"; readonly isBounded: boolean; readonly sources: readonly Table[] }
  | { readonly kind: "fails"; readonly detail: string };

/** A statement as it is submitted. */
export interface Submission extends Session {
  readonly name: string;
  readonly principalId: string;
  readonly sql: string;
}

/**
 * Checks what Flink checks before a statement runs: the text, that its tables exist, that the principal may use them,
 * and that an INSERT fits its sink.
 */
export function plan(cloud: ConfluentCloud, submission: Submission): Plan {
  try {
    return planStatement(cloud, submission);
  } catch (error) {
    return { kind: "fails", detail: failureDetail(error) };
  }
}

function planStatement(cloud: ConfluentCloud, submission: Submission): Plan {
  const statement = parseStatement(submission.sql);
  if (statement.kind === "other") {
    throw new PlanFailure(
      `The sandbox cannot execute ${statement.verb} statements: it runs INSERT, statement sets, SELECT and ALTER TABLE … SET.`,
    );
  }
  const find = (reference: TableReference): Table => resolve(cloud, submission, reference);
  const uses = tableUses(statement, submission.name, find);
  requireUses(cloud, submission.principalId, uses);
  const inserts = statement.kind === "insert" ? statement.inserts : [];
  for (const insert of inserts) {
    checkSink(find(insert.sink), insert);
  }
  return {
    kind: "runs",
    // A change of options ends at once; of the options themselves the world keeps none.
    isBounded: statement.kind !== "select" && inserts.every(({ isBounded }) => isBounded),
    sources: uses.filter(({ access }) => access === "read").map(({ table }) => table),
  };
}

/** @throws PlanFailure naming what the principal may not do with one of the tables */
export function requireUses(
  cloud: ConfluentCloud,
  principalId: string,
  uses: readonly TableUse<Table>[],
): void {
  for (const { table, access, permissions } of uses) {
    const wrong = `Table '${table.name}' cannot be ${access}`;
    requirePermissions(cloud, principalId, table, { wrong, permissions });
  }
}

/** @throws PlanFailure when the session does not see the table */
export function resolve(cloud: ConfluentCloud, session: Session, reference: TableReference): Table {
  const table = findTable(cloud, session, reference);
  if (table === undefined) {
    const { properties } = session;
    throw invalid(
      reference,
      `Table (or view) '${reference.path.join(".")}' does not exist, may be on a private cluster, or you do not have permission to access it. ` +
        `Using current catalog '${properties[CATALOG] ?? ""}' and current database '${properties[DATABASE] ?? ""}'.`,
    );
  }
  return table;
}

function checkSink({ name, columns: all, materialized }: Table, insert: Insert): void {
  if (materialized !== undefined) {
    throw new PlanFailure(
      `Table '${name}' cannot be written: it is a materialized table, which only its own query fills.`,
    );
  }
  if (all !== undefined) {
    checkColumns(
      name,
      all.map((column) => column.name),
      insert,
    );
  }
}

function checkColumns(
  name: string,
  columns: readonly string[],
  { sink, columns: listed, query }: Insert,
): void {
  const unknown = listed?.find((column) => !columns.includes(column.text));
  if (unknown !== undefined) {
    throw invalid(unknown, `Unknown target column '${unknown.text}'`);
  }
  const twice = listed?.find((column, index) =>
    listed.slice(0, index).some(({ text }) => text === column.text),
  );
  if (twice !== undefined) {
    throw invalid(twice, `Target column '${twice.text}' is assigned more than once`);
  }
  const wanted = (listed ?? columns).length;
  const wrong = query.columnCounts.find((count) => count !== undefined && count !== wanted);
  if (wrong !== undefined) {
    throw listed === undefined
      ? new PlanFailure(
          `Column types of query result and sink for '${name}' do not match. Cause: Different number of columns. ` +
            `The query has ${wrong}, the sink has ${wanted}.`,
        )
      : invalid(
          sink,
          `Number of INSERT target columns (${wanted}) does not equal number of source items (${wrong})`,
        );
  }
}

function invalid(place: Span, cause: string): PlanFailure {
  const from = `line ${place.line}, column ${place.column}`;
  const to = `line ${place.endLine}, column ${place.endColumn}`;
  return new PlanFailure(
    `SQL validation failed. Error from ${from} to ${to}.\n\nCaused by: ${cause}`,
  );
}
