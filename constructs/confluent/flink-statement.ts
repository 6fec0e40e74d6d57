import { FlinkStatement as FlinkStatementResource } from "@cdktf/provider-confluent/lib/flink-statement";
import { Construct } from "constructs";

import { contentName } from "../core/naming";
import { readSourceFile, withoutTemplates } from "../core/source-file";
import { validate } from "../core/validation";
import type { FlinkAccess } from "./flink-access";
import { sqlRules } from "./flink-sql";

/** Confluent's limit for a statement's name, in characters. */
const NAME_LIMIT = 100;

/** Confluent's limit for a statement's text in characters, less the comment that repeats the name. */
const TEXT_LIMIT = 131_072 - "\n-- ".length - NAME_LIMIT;

export interface FlinkStatementProps {
  /** Provider alias, principal and compute pool in one: the provider has no other way to choose the latter two. */
  readonly access: FlinkAccess;

  /** Readable part of the statement's name, lower-case kebab-case. */
  readonly statementName: string;

  /**
   * File with one SQL statement, or one statement set, without a semicolon at its end. Its INSERTs list their columns.
   */
  readonly sqlFile: string;

  /** Environment's display name: where unqualified tables are looked for. */
  readonly catalog: string;

  /** Kafka cluster's display name: where unqualified tables are looked for. */
  readonly database: string;

  /** Further `sql.*` properties. @default - none */
  readonly properties?: Readonly<Record<string, string>>;
}

/**
 * A running SQL statement. Confluent never changes one, and the provider plans changes that it then refuses; so the
 * name carries a hash of everything that makes the statement what it is, and the text repeats the name in a comment:
 * any change is a replacement, and unchanged input is no change.
 */
export class FlinkStatement extends Construct {
  readonly statementName: string;

  constructor(scope: Construct, id: string, props: FlinkStatementProps) {
    super(scope, id);
    const sql = readSourceFile(this, props.sqlFile).trim();
    const { access } = props;
    const properties = {
      ...props.properties,
      "sql.current-catalog": props.catalog,
      "sql.current-database": props.database,
    };
    validate(this, [
      [
        !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(props.statementName),
        `statementName must be lower-case words joined by "-", got ${JSON.stringify(props.statementName)}`,
      ],
      [
        sql.length > TEXT_LIMIT,
        `${props.sqlFile} must be at most ${TEXT_LIMIT} characters long, got ${sql.length}`,
      ],
      ...sqlRules(props.sqlFile, sql),
    ]);
    this.statementName = contentName(
      props.statementName,
      [
        sql,
        JSON.stringify(Object.entries(properties).sort()),
        access.principalName,
        access.poolName,
      ],
      NAME_LIMIT,
    );
    new FlinkStatementResource(this, "Resource", {
      provider: access.provider,
      statementName: this.statementName,
      statement: withoutTemplates(`${sql}\n-- ${this.statementName}`),
      properties,
    });
  }
}
