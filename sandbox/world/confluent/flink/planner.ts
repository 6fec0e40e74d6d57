import type { ConfluentCloud } from "../cloud";
import type { StatementResult } from "../objects";
import { MAX_LENGTH } from "./flink-type";
import { answerInformation, asksForInformation } from "./information-query";
import { planText } from "./plan-text";
import { failureDetail, PlanFailure, requirePermissions } from "./plan-failure";
import { tableUses, type TableUse } from "./required-permissions";
import type { TableReference } from "./sql-query";
import { parseStatement, type Insert, type SqlStatement } from "./sql-statement";
import type { Span } from "./sql-tokens";
import { CATALOG, DATABASE, findTable, type Session, type Table } from "./tables";

/** What Flink would do with a statement. */
export type Plan = RunningPlan | { readonly kind: "fails"; readonly detail: string };

interface RunningPlan {
  readonly kind: "runs";
  readonly isBounded: boolean;
  readonly sources: readonly Table[];
  /** What it answers, where it only asks. */
  readonly result?: StatementResult;
}

/** A statement as it is submitted. */
export interface Submission extends Session {
  readonly name: string;
  readonly principalId: string;
  readonly sql: string;
}

/** Property with which a statement is planned and not run. */
const DRY_RUN = "sql.dry-run";

/**
 * Checks what Flink checks before a statement runs: the text, that its tables exist, that the principal may use them,
 * and that an INSERT fits its sink.
 */
export function plan(cloud: ConfluentCloud, submission: Submission): Plan {
  try {
    const planned = planStatement(cloud, submission, parseStatement(submission.sql));
    return submission.properties[DRY_RUN] === "true" ? { ...planned, isBounded: true } : planned;
  } catch (error) {
    return { kind: "fails", detail: failureDetail(error) };
  }
}

function planStatement(
  cloud: ConfluentCloud,
  submission: Submission,
  statement: SqlStatement,
): RunningPlan {
  const find = (reference: TableReference): Table => resolve(cloud, submission, reference);
  switch (statement.kind) {
    case "other":
      throw new PlanFailure(
        `The sandbox cannot execute ${statement.verb} statements: it runs INSERT, statement sets, SELECT and ALTER TABLE … SET.`,
      );
    case "show":
      return answer("function name", []);
    case "explain": {
      const inner = statement.statement;
      checkTables(cloud, submission, statement, find);
      if (inner.kind === "other" || inner.kind === "show" || inner.kind === "explain") {
        throw new PlanFailure(
          "The sandbox cannot explain this statement: it plans INSERT, statement sets, SELECT and ALTER TABLE … SET.",
        );
      }
      return answer("Explain Result", [planText(inner)]);
    }
    case "alter-options":
      checkTables(cloud, submission, statement, find);
      // A change of options ends at once; of the options themselves the world keeps none.
      return { kind: "runs", isBounded: true, sources: [] };
    case "select":
      if (asksForInformation(statement.query)) {
        const result = answerInformation(cloud, submission, submission.sql);
        return { kind: "runs", isBounded: true, sources: [], result };
      }
      return {
        kind: "runs",
        isBounded: false,
        sources: checkTables(cloud, submission, statement, find),
      };
    case "insert":
      return {
        kind: "runs",
        isBounded: statement.inserts.every(({ isBounded }) => isBounded),
        sources: checkTables(cloud, submission, statement, find),
      };
  }
}

/** @returns the tables that the statement reads */
function checkTables(
  cloud: ConfluentCloud,
  { name, principalId }: Submission,
  statement: SqlStatement,
  find: (reference: TableReference) => Table,
): readonly Table[] {
  const uses = tableUses(statement, name, find);
  requireUses(cloud, principalId, uses);
  const planned = statement.kind === "explain" ? statement.statement : statement;
  for (const insert of planned.kind === "insert" ? planned.inserts : []) {
    checkSink(find(insert.sink), insert);
  }
  return uses.filter(({ access }) => access === "read").map(({ table }) => table);
}

/** A statement that answers with one column of text and ends. */
function answer(column: string, rows: readonly string[]): RunningPlan {
  const type = { type: "VARCHAR", length: MAX_LENGTH, nullable: true };
  const result = { columns: [{ name: column, type }], rows: rows.map((row) => [row]) };
  return { kind: "runs", isBounded: true, sources: [], result };
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
  const name = reference.path.at(-1) ?? "";
  if (session.unseen?.includes(name) === true) {
    throw invalid(reference, `Cannot find table '${name}' in any of the catalogs.`);
  }
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
