import { FlinkStatement as FlinkStatementResource } from "@cdktf/provider-confluent/lib/flink-statement";
import type { FlinkStatementConfig } from "@cdktf/provider-confluent/lib/flink-statement";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

import { contentName } from "../core/naming";
import { withoutTemplates } from "../core/source-file";
import type { FlinkAccess, FlinkTable } from "./flink-access";
import { startOf, startProperties, type Evolution } from "./flink-evolution";
import { tablesOf, type TableScope } from "./flink-tables";
import type { SqlVersion } from "./flink-versions";

/** Confluent's limit for a statement's name, in characters. */
const NAME_LIMIT = 100;

/** Characters of the comment that repeats the name. */
export const COMMENT_LENGTH = "\n-- ".length + NAME_LIMIT;

/** What makes a statement what it is. */
export interface StatementContent {
  readonly access: FlinkAccess;

  /** Readable part of the name. */
  readonly readableName: string;
  readonly sql: string;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * A statement's name: readable, with a hash of all that makes it what it is. Confluent never changes a statement, and
 * the provider plans changes that it then refuses; so any change is another statement.
 */
export function nameOf({ access, readableName, sql, properties }: StatementContent): string {
  const ordered = JSON.stringify(Object.entries(properties).sort());
  const content = [readableName, sql, ordered, access.principalName, access.poolName];
  return contentName(readableName, content, NAME_LIMIT);
}

/**
 * A statement's text, which repeats the name in a comment: the provider replaces a statement for another text, and not
 * for another name.
 */
export function textOf(name: string, sql: string): string {
  return withoutTemplates(`${sql}\n-- ${name}`);
}

/** A version as it is submitted. */
export interface Submission {
  readonly version: SqlVersion;

  /** Unique in the environment and region. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly reads: readonly FlinkTable[];
  readonly writes: readonly FlinkTable[];
}

/** What an evolution works with. */
export interface Deployment {
  readonly scope: Construct;
  readonly access: FlinkAccess;

  /** What must be there before a statement is submitted. */
  readonly after: readonly ITerraformDependable[];
}

/** What a submission is made from. */
export interface SubmissionProps extends TableScope {
  readonly access: FlinkAccess;
  readonly statementName: string;
  readonly evolution: Evolution;
  readonly properties?: Readonly<Record<string, string>>;
}

/** A version as it is submitted. Its name tells the version: text that comes back is a version of its own. */
export function submissionOf(props: SubmissionProps, version: SqlVersion): Submission {
  const { access, statementName, evolution, catalog, database } = props;
  const properties = {
    ...props.properties,
    ...startProperties(startOf(evolution, version.number)),
    ...sessionProperties({ catalog, database }),
  };
  const readableName = `${statementName}-v${version.number}`;
  return {
    version,
    name: nameOf({ access, readableName, sql: version.sql, properties }),
    properties,
    reads: tablesOf(version.analysis.reads, props),
    writes: tablesOf(version.analysis.writes, props),
  };
}

/** Where unqualified tables are looked for. */
export function sessionProperties({
  catalog,
  database,
}: Pick<TableScope, "catalog" | "database">): Readonly<Record<string, string>> {
  return { "sql.current-catalog": catalog, "sql.current-database": database };
}

/** Grants the principal what the version needs. */
export function grantSubmission(
  { version, reads, writes }: Submission,
  access: FlinkAccess,
): readonly ITerraformDependable[] {
  const onlyWrites = ["insert", "statement-set"].includes(version.analysis.kind);
  return [
    ...reads.flatMap((table) => access.grantRead(table)),
    ...writes.flatMap((table) => (onlyWrites ? access.grantWrite(table) : access.grantOwn(table))),
  ];
}

/** The resource of a submission. */
export function submit(
  { scope, access, after }: Deployment,
  { name, version, properties }: Submission,
  { id, dependsOn = [], ...config }: Partial<FlinkStatementConfig> & { readonly id: string },
): FlinkStatementResource {
  const before = [...after, ...dependsOn];
  return new FlinkStatementResource(scope, id, {
    provider: access.provider,
    statementName: name,
    statement: textOf(name, version.sql),
    properties,
    ...config,
    ...(before.length > 0 && {
      // Roles are found by name, not by reference: a statement whose principal lacks one fails for good.
      dependsOn: before,
    }),
  });
}
