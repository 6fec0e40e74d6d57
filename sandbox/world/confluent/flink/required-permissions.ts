import type { Query, TableReference } from "./sql-query";
import { parseStatement, type SqlStatement, type TableOptions } from "./sql-statement";
import { SqlSyntaxError } from "./sql-tokens";

/** An operation on a resource of a table's cluster or registry. */
export interface ResourcePermission {
  /** Confluent's name, such as `Read`. */
  readonly operation: string;
  readonly type: "topic" | "subject" | "transactional-id";
  readonly name: string;
}

/** What of a table carries permissions. */
export interface TableResources {
  /** Name of its topic. */
  readonly name: string;
  /** Subjects of its schemas. */
  readonly subjects: readonly string[];
}

/** A table that a statement touches, with what its principal needs for that. */
export interface TableUse<T extends TableResources> {
  readonly table: T;
  readonly access: "read" | "written" | "altered";
  readonly permissions: readonly ResourcePermission[];
}

/**
 * The tables that a statement touches: for each INSERT its sources, then its sink; or the one that it alters.
 *
 * @param find a table by its name in the text; asked for the sink before the sources
 * @returns nothing for a statement that neither reads nor writes rows
 */
export function tableUses<T extends TableResources>(
  statement: SqlStatement,
  statementName: string,
  find: (reference: TableReference) => T,
): readonly TableUse<T>[] {
  switch (statement.kind) {
    case "select":
      return reads(statement.query, find);
    case "insert":
      return statement.inserts.flatMap(({ sink, query }) => {
        const table = find(sink);
        const permissions = permissionsToWrite(table, statementName);
        return [...reads(query, find), { table, access: "written", permissions }];
      });
    case "alter-options": {
      const table = find(statement.table);
      return [
        { table, access: "altered", permissions: permissionsToSet(table, statement.options) },
      ];
    }
    case "explain":
      // It is planned and not run: nothing is committed.
      return tableUses(statement.statement, statementName, find).map((use) => ({
        ...use,
        permissions: use.permissions.filter(({ type }) => type !== "transactional-id"),
      }));
    case "show":
    case "other":
      return [];
  }
}

/** The tables that a query reads. */
export function reads<T extends TableResources>(
  { sources }: Query,
  find: (reference: TableReference) => T,
): readonly TableUse<T>[] {
  return sources.map((source) => {
    const table = find(source);
    const permissions = [...onTopic(table.name, "Read"), ...readSchemas(table)];
    return { table, access: "read", permissions };
  });
}

function permissionsToWrite(
  table: TableResources,
  statementName: string,
): readonly ResourcePermission[] {
  return [...onTopic(table.name, "Write"), ...readSchemas(table), ...transactions(statementName)];
}

/** A table's options are kept with its schemas. A dead-letter table is made where there is none, in the same database. */
function permissionsToSet(
  table: TableResources,
  options: TableOptions["options"],
): readonly ResourcePermission[] {
  const logs = options["error-handling.mode"] === "log";
  const target = options["error-handling.log.target"] ?? "error_log";
  return [
    ...onTopic(table.name, "Describe", "Alter"),
    ...registerSchemas(table.subjects),
    ...(logs
      ? [
          ...onTopic(target, "Create", "Describe", "Alter", "Write"),
          ...registerSchemas([`${target}-value`]),
        ]
      : []),
  ];
}

/** What a materialized table's principal needs on what the table consists of: it makes, changes and fills all of that. */
export function permissionsToMaterialize(table: TableResources): readonly ResourcePermission[] {
  return [
    ...onTopic(table.name, "Create", "Describe", "Alter", "Write"),
    ...registerSchemas(table.subjects),
    ...transactions(table.name),
  ];
}

function onTopic(name: string, ...operations: readonly string[]): readonly ResourcePermission[] {
  return operations.map((operation) => ({ operation, type: "topic", name }));
}

function registerSchemas(subjects: readonly string[]): readonly ResourcePermission[] {
  return subjects.flatMap((name) => [
    { operation: "Read", type: "subject", name },
    { operation: "Write", type: "subject", name },
  ]);
}

/** Both sides need it: an INSERT encodes with the registered schema and registers none. */
function readSchemas({ subjects }: TableResources): readonly ResourcePermission[] {
  return subjects.map((name) => ({ operation: "Read", type: "subject", name }));
}

/** Flink commits with transactions under this prefix. */
function transactions(name: string): readonly ResourcePermission[] {
  const id = `_confluent-flink_${name}`;
  return [
    { operation: "Read", type: "transactional-id", name: id },
    { operation: "Write", type: "transactional-id", name: id },
  ];
}

/** A table's full name. */
export interface TableName {
  readonly catalog: string;
  readonly database: string;
  readonly name: string;
}

/** A permission with the catalog and database, by name or id, in which its resource lies. */
export type RequiredPermission = ResourcePermission & Pick<TableName, "catalog" | "database">;

/** A statement or a materialized table about which {@link requiredPermissions} is asked. */
export interface PermissionQuestion {
  /** What names in the text are completed with: `sql.current-catalog` and `sql.current-database`. */
  readonly catalog: string;
  readonly database: string;
  /** The subjects of a table that is named in the text; undefined when there is none of that name. */
  readonly find: (table: TableName) => TableResources | undefined;
  /** A statement's name and text; or of a materialized table what it consists of, and its query. */
  readonly statement:
    | { readonly name: string; readonly sql: string }
    | { readonly materializedTable: TableResources; readonly sql: string };
}

/**
 * Everything that the principal of a statement or materialized table must be allowed, and nothing else: the check that
 * runs before a statement asks for the same. Each permission once, in a fixed order.
 *
 * @throws SqlSyntaxError when the text is no SQL, or the definition of a materialized table is no query
 * @throws Error naming a table that `find` does not know
 */
export function requiredPermissions(question: PermissionQuestion): readonly RequiredPermission[] {
  const { catalog, database, statement } = question;
  const find = (reference: TableReference): TableResources & TableName =>
    lookUp(question, reference);
  const parsed = parseStatement(statement.sql);
  const uses =
    "name" in statement
      ? tableUses(parsed, statement.name, find)
      : reads(definingQuery(parsed), find);
  const own =
    "name" in statement
      ? []
      : permissionsToMaterialize(statement.materializedTable).map((permission) => ({
          ...permission,
          catalog,
          database,
        }));
  const all = [
    ...uses.flatMap(({ table, permissions }) =>
      permissions.map((permission) => ({
        ...permission,
        catalog: table.catalog,
        database: table.database,
      })),
    ),
    ...own,
  ];
  const byText = new Map(
    all.map(({ catalog: environment, database: cluster, type, name, operation }) => [
      JSON.stringify([environment, cluster, type, name, operation]),
      { catalog: environment, database: cluster, type, name, operation },
    ]),
  );
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, permission]) => permission);
}

/** @throws SqlSyntaxError when the statement is no query */
export function definingQuery(statement: SqlStatement): Query {
  if (statement.kind !== "select") {
    throw new SqlSyntaxError("a materialized table is defined by a query");
  }
  return statement.query;
}

function lookUp(
  { catalog, database, find }: PermissionQuestion,
  { path }: TableReference,
): TableResources & TableName {
  const [name = "", inDatabase = database, inCatalog = catalog] = [...path].reverse();
  const full = { catalog: inCatalog, database: inDatabase, name };
  const found = find(full);
  if (found === undefined) {
    throw new Error(`there is no table ${[inCatalog, inDatabase, name].join(".")}`);
  }
  return { ...found, ...full };
}
