import { FlinkStatement as FlinkStatementResource } from "@cdktf/provider-confluent/lib/flink-statement";
import { Construct } from "constructs";

import { validate } from "../core/validation";
import type { FlinkAccess, FlinkTable } from "./flink-access";
import { nameOf, sessionProperties, textOf } from "./flink-submission";

/**
 * What happens to a record that Flink cannot deserialize: it goes to another table, it is skipped, or it fails the
 * statement that reads it, as without the option. Errors behind the source are no matter of this.
 */
export type DeadLetter =
  | { readonly mode: "log"; readonly table: FlinkTable }
  | { readonly mode: "ignore" }
  | { readonly mode: "fail" };

export interface FlinkTableOptionsProps {
  readonly access: FlinkAccess;
  readonly table: FlinkTable;

  /** Environment's display name. */
  readonly catalog: string;

  /** Kafka cluster's display name. */
  readonly database: string;

  /** @default - as it is */
  readonly deadLetter?: DeadLetter;

  /** `"filter"` moves rows that come after the watermark to the table `<table>$late`. @default - as it is */
  readonly lateData?: "filter";
}

/**
 * Options of a table that is a topic already. They belong to the table, not to a statement that reads it, and are set
 * by one `ALTER TABLE` that ends at once: changed options are another statement, and nothing notices or undoes what
 * somebody else sets. Removing the construct leaves the options; to go back, say so (`{ mode: "fail" }`).
 *
 * @see https://docs.confluent.io/cloud/current/flink/how-to-guides/configure-dlq.html
 */
export class FlinkTableOptions extends Construct {
  /** What readers that need the options have to wait for. */
  readonly resource: FlinkStatementResource;

  constructor(scope: Construct, id: string, props: FlinkTableOptionsProps) {
    super(scope, id);
    const { access, table, deadLetter } = props;
    const target = deadLetter?.mode === "log" ? [deadLetter.table] : [];
    const options = [
      ...(deadLetter === undefined ? [] : [`'error-handling.mode' = '${deadLetter.mode}'`]),
      ...target.map(({ name }) => `'error-handling.log.target' = '${name}'`),
      ...(props.lateData === undefined ? [] : [`'late-handling.mode' = '${props.lateData}'`]),
    ];
    validate(this, [
      [options.length === 0, "options must be at least one of deadLetter and lateData, got none"],
      ...[table, ...target].map(
        ({ name }) =>
          [
            !/^[A-Za-z0-9._-]+$/.test(name),
            `table must be letters, digits, ".", "_" or "-", got ${JSON.stringify(name)}`,
          ] as const,
      ),
    ]);
    const sql = `ALTER TABLE \`${table.name}\` SET (\n  ${options.join(",\n  ")}\n)`;
    const properties = sessionProperties(props);
    const readableName = `${table.name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-options`;
    const name = nameOf({ access, readableName, sql, properties });
    this.resource = new FlinkStatementResource(this, "Resource", {
      provider: access.provider,
      statementName: name,
      statement: textOf(name, sql),
      properties,
      // Roles are found by name, not by reference.
      dependsOn: [table, ...target].flatMap((owned) => access.grantOwn(owned)),
    });
  }
}
