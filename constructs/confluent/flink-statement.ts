import type { FlinkStatement as FlinkStatementResource } from "@cdktf/provider-confluent/lib/flink-statement";
import { Construct } from "constructs";

import { recordLineage } from "../core/lineage";
import { validate } from "../core/validation";
import type { FlinkAccess, FlinkTable } from "./flink-access";
import { carryOver } from "./flink-carry-over";
import type { Evolution } from "./flink-evolution";
import type { FlinkProcess } from "./flink-process";
import { sqlRules } from "./flink-sql/lint";
import { statementRules } from "./flink-statement-rules";
import {
  COMMENT_LENGTH,
  grantSubmission,
  submissionOf,
  submit,
  type Deployment,
  type Submission,
} from "./flink-submission";
import { namesOf } from "./flink-tables";
import { readVersions, type SqlVersion, type SqlVersions } from "./flink-versions";

export interface FlinkStatementProps {
  /** Provider alias, principal and compute pool in one: the provider has no other way to choose the latter two. */
  readonly access: FlinkAccess;

  /** Readable part of the statement's name, lower-case kebab-case. */
  readonly statementName: string;

  /**
   * Directory with the statement's versions, `v1.sql`, `v2.sql` …: each one SQL statement, or one statement set,
   * without a semicolon at its end.
   */
  readonly directory: string;

  /** Environment's display name: where tables are looked for. */
  readonly catalog: string;

  /** Kafka cluster's display name: where tables are looked for. */
  readonly database: string;

  /** The tables that the SQL may name. The principal is granted those that it does name. */
  readonly tables: readonly FlinkTable[];

  /** How the next version takes over. */
  readonly evolution: Evolution;

  /** Further `sql.*` properties. @default - none */
  readonly properties?: Readonly<Record<string, string>>;
}

/**
 * A running SQL statement. It runs as long as it is declared: Confluent starts what it is told to create as stopped,
 * so a statement that shall wait is left out.
 */
export class FlinkStatement extends Construct implements FlinkProcess {
  /** Name of the version that consumers read. */
  readonly statementName: string;

  /** Tables that consumers read: those that the version writes. */
  readonly servingTables: readonly string[];

  readonly processName: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly resources: readonly FlinkStatementResource[];

  constructor(scope: Construct, id: string, props: FlinkStatementProps) {
    super(scope, id);
    const versions = versionsInUse(props.evolution, readVersions(this, props.directory));
    validate(this, [
      ...statementRules(props, versions.declared),
      // Older versions passed the rules of their time, and cannot be edited where they run.
      ...sqlRules({ ...versions.newest, properties: props.properties, reserved: COMMENT_LENGTH }),
    ]);
    const toSubmission = (version: SqlVersion): Submission => submissionOf(props, version);
    const served = toSubmission(versions.serving);
    const running = versions.running.map(toSubmission);
    this.statementName = served.name;
    this.servingTables = namesOf(served.writes);
    this.processName = props.statementName;
    this.reads = namesOf(running.flatMap(({ reads }) => reads));
    this.writes = namesOf(running.flatMap(({ writes }) => writes));
    const declared = versions.declared.map(toSubmission);
    const grants = declared.flatMap((submission) => grantSubmission(submission, props.access));
    const deployment = { scope: this, access: props.access, after: [...new Set(grants)] };
    this.resources = declareStatements(deployment, props, {
      newest: toSubmission(versions.newest),
      declared,
    });
    for (const { version, reads, writes } of running) {
      recordLineage(this, {
        kind: "statement",
        name: running.length > 1 ? `${this.processName} v${version.number}` : this.processName,
        reads: namesOf(reads),
        writes: namesOf(writes),
      });
    }
  }
}

interface VersionsInUse {
  readonly newest: SqlVersion;

  /** The version whose tables consumers read. */
  readonly serving: SqlVersion;

  /** Versions that work when everything is deployed. */
  readonly running: readonly SqlVersion[];

  /** Versions that are resources. */
  readonly declared: readonly SqlVersion[];
}

function versionsInUse(evolution: Evolution, { newest, older }: SqlVersions): VersionsInUse {
  const all = [newest, ...older];
  switch (evolution.kind) {
    case "carryOver":
      return { newest, serving: newest, running: [newest], declared: all };
    case "recreate":
      return { newest, serving: newest, running: [newest], declared: [newest] };
    case "blueGreen": {
      const running = all.filter(({ number }) => number in evolution.running);
      const serving = running.find(({ number }) => number === evolution.serving) ?? newest;
      return { newest: running[0] ?? newest, serving, running, declared: running };
    }
  }
}

function declareStatements(
  deployment: Deployment,
  { evolution, directory }: FlinkStatementProps,
  { newest, declared }: { readonly newest: Submission; readonly declared: readonly Submission[] },
): readonly FlinkStatementResource[] {
  switch (evolution.kind) {
    case "carryOver": {
      const older = declared.slice(1);
      return [carryOver(deployment, { directory, newest, older, evolution })];
    }
    case "recreate":
      return [submit(deployment, newest, { id: "Resource" })];
    case "blueGreen":
      return declared.map((submission) => {
        const { number } = submission.version;
        return submit(deployment, submission, {
          id: `V${number}`,
          ...(evolution.running[number] === "unchanged" && {
            // Its state names the predecessor that it once took over from, and Confluent changes no property.
            lifecycle: { ignoreChanges: ["properties"] },
          }),
        });
      });
  }
}
