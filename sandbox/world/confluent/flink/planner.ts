import { explainDenial, isAllowed, type Permission } from "../authorization";
import type { ConfluentCloud } from "../cloud";
import { kafkaResourceCrn, subjectCrn } from "../resource-names";
import type { TableReference } from "./sql-query";
import { parseStatement, type Insert } from "./sql-statement";
import { SqlSyntaxError, type Span } from "./sql-tokens";
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

/** Why a statement cannot run, in the words of its status. */
class PlanFailure extends Error {
  override readonly name = "PlanFailure";
}

/**
 * Checks what Flink checks before a statement runs: the text, that its tables exist, that the principal may use them,
 * and that an INSERT fits its sink.
 */
export function plan(cloud: ConfluentCloud, submission: Submission): Plan {
  try {
    return planStatement(cloud, submission);
  } catch (error) {
    if (error instanceof SqlSyntaxError) {
      return { kind: "fails", detail: `SQL parse failed. ${error.message}` };
    }
    if (error instanceof PlanFailure) {
      return { kind: "fails", detail: error.message };
    }
    throw error;
  }
}

function planStatement(cloud: ConfluentCloud, submission: Submission): Plan {
  const statement = parseStatement(submission.sql);
  switch (statement.kind) {
    case "select":
      return {
        kind: "runs",
        isBounded: false,
        sources: statement.query.sources.map((source) => readable(cloud, submission, source)),
      };
    case "insert": {
      const sources = statement.inserts.map((insert) => planInsert(cloud, submission, insert));
      const isBounded = statement.inserts.every((insert) => insert.isBounded);
      return { kind: "runs", isBounded, sources: sources.flat() };
    }
    case "other":
      throw new PlanFailure(
        `The sandbox cannot execute ${statement.verb} statements: it runs INSERT, statement sets and SELECT.`,
      );
  }
}

/** @returns the tables that it reads */
function planInsert(
  cloud: ConfluentCloud,
  submission: Submission,
  insert: Insert,
): readonly Table[] {
  const sink = resolve(cloud, submission, insert.sink);
  const sources = insert.query.sources.map((source) => readable(cloud, submission, source));
  const resource = (type: string, name: string): string =>
    kafkaResourceCrn(cloud, sink.cluster, type, name);
  // Flink commits with transactions under this prefix.
  const transactions = resource("transactional-id", `_confluent-flink_${submission.name}`);
  const wrong = `Table '${sink.name}' cannot be written`;
  requireAll(cloud, submission.principalId, wrong, [
    { operation: "Write", crn: resource("topic", sink.name) },
    ...readSchemas(cloud, sink),
    { operation: "Read", crn: transactions },
    { operation: "Write", crn: transactions },
  ]);
  checkColumns(sink, insert);
  return sources;
}

function readable(cloud: ConfluentCloud, submission: Submission, reference: TableReference): Table {
  const table = resolve(cloud, submission, reference);
  const topic = kafkaResourceCrn(cloud, table.cluster, "topic", table.name);
  requireAll(cloud, submission.principalId, `Table '${table.name}' cannot be read`, [
    { operation: "Read", crn: topic },
    ...readSchemas(cloud, table),
  ]);
  return table;
}

/** Both sides need it: an INSERT encodes with the registered schema and registers none. */
function readSchemas(cloud: ConfluentCloud, table: Table): readonly Permission[] {
  return table.subjects.map((subject) => ({
    operation: "Read",
    crn: subjectCrn(cloud, table.registry, subject),
  }));
}

function resolve(cloud: ConfluentCloud, submission: Submission, reference: TableReference): Table {
  const table = findTable(cloud, submission, reference);
  if (table === undefined) {
    const { properties } = submission;
    throw invalid(
      reference,
      `Table (or view) '${reference.path.join(".")}' does not exist, may be on a private cluster, or you do not have permission to access it. ` +
        `Using current catalog '${properties[CATALOG] ?? ""}' and current database '${properties[DATABASE] ?? ""}'.`,
    );
  }
  return table;
}

function requireAll(
  cloud: ConfluentCloud,
  principalId: string,
  wrong: string,
  permissions: readonly Permission[],
): void {
  const denied = permissions.filter((permission) => !isAllowed(cloud, principalId, permission));
  if (denied.length > 0) {
    const reasons = denied.map((permission) => explainDenial(principalId, permission));
    throw new PlanFailure(`${wrong}: ${reasons.join("; ")}.`);
  }
}

function checkColumns({ name, columns }: Table, { sink, columns: listed, query }: Insert): void {
  if (columns === undefined) {
    return;
  }
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
