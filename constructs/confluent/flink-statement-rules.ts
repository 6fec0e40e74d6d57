import type { Rule } from "../core/validation";
import type { BlueGreen, Evolution } from "./flink-evolution";
import type { SqlKind } from "./flink-sql/statement";
import { tableRules, type TableScope } from "./flink-tables";
import type { SqlVersion } from "./flink-versions";

/** What the rules look at. */
export interface RuledStatement extends TableScope {
  readonly statementName: string;
  readonly directory: string;
  readonly evolution: Evolution;
  readonly properties?: Readonly<Record<string, string>>;
}

/** Kinds that run until they are stopped, and so have offsets. */
const RUNNING: readonly SqlKind[] = ["insert", "statement-set"];

/** Why some kinds are no statements of their own here. */
const REFUSED: Readonly<Partial<Record<SqlKind, string>>> = {
  drop: "drop nothing: it would drop once, and again when Confluent has forgotten the statement after 30 days",
  select: "write its rows to a table with INSERT INTO: nobody reads the result of a SELECT",
  other: "be an INSERT, a statement set, a CREATE TABLE, a CREATE VIEW or an ALTER TABLE",
};

/** Properties that other props decide. */
const OWN_PROPERTY =
  /^sql\.(current-(catalog|database)|tables\.(initial-offset-from|scan\.startup\.).*)$/;

/** What cannot work, whatever the text says in detail. */
export function statementRules(
  statement: RuledStatement,
  versions: readonly SqlVersion[],
): readonly Rule[] {
  const { statementName, properties = {} } = statement;
  const owned = Object.keys(properties).filter((name) => OWN_PROPERTY.test(name));
  return [
    [
      !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(statementName),
      `statementName must be lower-case words joined by "-", got ${JSON.stringify(statementName)}`,
    ],
    [
      owned.length > 0,
      `properties must leave what catalog, database and evolution say to them, got ${owned.join(", ")}`,
    ],
    ...versions.flatMap((version) => versionRules(statement, version)),
    ...evolutionRules(statement, versions),
  ];
}

function versionRules(statement: RuledStatement, { file, analysis }: SqlVersion): readonly Rule[] {
  const { kind, reads, writes, statefulBecause } = analysis;
  const refused = REFUSED[kind];
  const carriesOver = statement.evolution.kind === "carryOver";
  return [
    [refused !== undefined, `${file} must ${String(refused)}, got ${kind}`],
    [
      carriesOver && refused === undefined && !RUNNING.includes(kind),
      `${file} must be an INSERT or a statement set for Evolution.carryOver, which hands over offsets: choose Evolution.recreate, got ${kind}`,
    ],
    [
      carriesOver && statefulBecause.length > 0,
      `${file} must keep no state for Evolution.carryOver, which hands over offsets and no state: choose Evolution.recreate, Evolution.blueGreen or a FlinkMaterializedTable, got ${statefulBecause.join(", ")}`,
    ],
    ...tableRules(file, [...reads, ...writes], statement),
  ];
}

function evolutionRules(
  { directory, evolution }: RuledStatement,
  versions: readonly SqlVersion[],
): readonly Rule[] {
  if (evolution.kind === "carryOver") return [];
  const what = `Evolution.${evolution.kind}`;
  const { reads } = evolution;
  const isNever = reads instanceof Date && Number.isNaN(reads.getTime());
  return [
    [isNever, `${what} must read from a time that exists, got an invalid Date`],
    ...(evolution.kind === "blueGreen" ? blueGreenRules(evolution, directory, versions) : []),
  ];
}

function blueGreenRules(
  { serving, running }: BlueGreen,
  directory: string,
  versions: readonly SqlVersion[],
): readonly Rule[] {
  const numbers = versions.map(({ number }) => number);
  const unknown = running.filter((number) => !numbers.includes(number));
  const sinks = versions
    .filter(({ number }) => running.includes(number))
    .flatMap(({ analysis }) => analysis.writes.map(({ parts }) => parts.join(".")));
  const shared = sinks.filter((sink, index) => sinks.indexOf(sink) !== index);
  return [
    [
      !running.includes(serving),
      `Evolution.blueGreen must serve a version that is running (${running.join(", ")}), got ${serving}`,
    ],
    [
      unknown.length > 0,
      `Evolution.blueGreen must run versions that ${directory} holds (${numbers.join(", ")}), got ${unknown.join(", ")}`,
    ],
    [
      shared.length > 0,
      `Evolution.blueGreen must give each version a table of its own, such as <table>_v2, got ${shared.join(", ")} twice`,
    ],
  ];
}
