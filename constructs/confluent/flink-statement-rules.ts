import type { Rule } from "../core/validation";
import type { BlueGreen, CarryOver, Evolution } from "./flink-evolution";
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

/** Kinds that do nothing, or fail, where what they make is there. */
const MADE_ONCE: readonly SqlKind[] = ["create-table", "create-table-as", "create-view"];

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

function versionRules(
  statement: RuledStatement,
  { file, number, analysis }: SqlVersion,
): readonly Rule[] {
  const { kind, reads, writes, statefulBecause } = analysis;
  const refused = REFUSED[kind];
  const carriesOver = statement.evolution.kind === "carryOver";
  return [
    [refused !== undefined, `${file} must ${String(refused)}, got ${kind}`],
    [
      number > 1 && MADE_ONCE.includes(kind),
      `${file} must not make again what version 1 has made: what is there stays as it is, whatever a later version says. Write an ALTER TABLE, or make another table, got ${kind}`,
    ],
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
  const what = `Evolution.${evolution.kind}`;
  return [
    [
      startsOf(evolution).some((start) => start instanceof Date && Number.isNaN(start.getTime())),
      `${what} must read from a time that exists, got an invalid Date`,
    ],
    ...(evolution.kind === "blueGreen" ? blueGreenRules(evolution, directory, versions) : []),
    ...(evolution.kind === "carryOver" ? restartRules(evolution, directory, versions) : []),
  ];
}

function startsOf(evolution: Evolution): readonly unknown[] {
  switch (evolution.kind) {
    case "carryOver":
      return [evolution.restart?.reads];
    case "recreate":
      return [evolution.reads];
    case "blueGreen":
      return Object.values(evolution.running);
  }
}

function restartRules(
  { restart }: CarryOver,
  directory: string,
  versions: readonly SqlVersion[],
): readonly Rule[] {
  const newest = Math.max(...versions.map(({ number }) => number));
  return [
    [
      restart !== undefined && restart.version > newest,
      `Evolution.carryOver must restart a version that ${directory} holds, up to ${newest}, got ${String(restart?.version)}`,
    ],
  ];
}

function blueGreenRules(
  { serving, running }: BlueGreen,
  directory: string,
  versions: readonly SqlVersion[],
): readonly Rule[] {
  const numbers = versions.map(({ number }) => number);
  const named = Object.keys(running).map(Number);
  const unknown = named.filter((number) => !numbers.includes(number));
  const sinks = versions
    .filter(({ number }) => named.includes(number))
    .flatMap(({ analysis }) => analysis.writes.map(({ parts }) => parts.join(".")));
  const shared = sinks.filter((sink, index) => sinks.indexOf(sink) !== index);
  return [
    [
      !named.includes(serving),
      `Evolution.blueGreen must serve a version that is running (${named.join(", ")}), got ${serving}`,
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
