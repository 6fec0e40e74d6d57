import type { IConstruct } from "constructs";

export type LineageKind =
  "application" | "connector" | "materialized-table" | "statement" | "topic";

/** One thing through which records flow. */
export interface LineageRecord {
  readonly kind: LineageKind;
  readonly name: string;

  /** Tables that it reads. */
  readonly reads: readonly string[];

  /** Tables that it writes. */
  readonly writes: readonly string[];
}

/** Where records come from and where they go, in an order that depends on nothing but the content. */
export interface Lineage {
  /** Every table that something reads or writes, or that is a topic of its own. */
  readonly tables: readonly string[];

  /** What moves records between tables. */
  readonly processes: readonly LineageRecord[];
}

const METADATA = "lineage";

/** Notes on the construct tree what the construct reads and writes. A construct may stand for several things. */
export function recordLineage(construct: IConstruct, record: LineageRecord): void {
  construct.node.addMetadata(METADATA, {
    ...record,
    reads: sorted(record.reads),
    writes: sorted(record.writes),
  });
}

/** The lineage of everything at and below some constructs, over all stacks of an application. */
export function collectLineage(...roots: readonly IConstruct[]): Lineage {
  const records = roots
    .flatMap(({ node }) => node.findAll())
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === METADATA)
    // Only recordLineage writes this kind of metadata.
    .map(({ data }) => data as LineageRecord);
  const byText = new Map(records.map((record) => [JSON.stringify(record), record]));
  const ordered = [...byText].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    tables: sorted(records.flatMap(tablesOf)),
    processes: ordered.map(([, record]) => record).filter(({ kind }) => kind !== "topic"),
  };
}

function tablesOf({ kind, name, reads, writes }: LineageRecord): readonly string[] {
  return [...(kind === "topic" ? [name] : []), ...reads, ...writes];
}

/**
 * A picture for Markdown: a table is a cylinder, what moves records a box, and an application round. Ids are names, so
 * that what is added adds lines and changes none.
 */
export function toMermaid({ tables, processes }: Lineage): string {
  return [
    "flowchart LR",
    ...tables.map((name) => `  ${idOf("table", name)}[(${label(name)})]`),
    ...processes.map(({ kind, name }) => {
      const [left, right] = kind === "application" ? ["([", "])"] : ["[", "]"];
      return `  ${idOf(kind, name)}${left}${label(name)}${right}`;
    }),
    ...processes.flatMap(({ kind, name, reads, writes }) => [
      ...reads.map((table) => `  ${idOf("table", table)} --> ${idOf(kind, name)}`),
      ...writes.map((table) => `  ${idOf(kind, name)} --> ${idOf("table", table)}`),
    ]),
  ].join("\n");
}

/** An id that Mermaid takes: other characters as their code, so that two names never share one. */
function idOf(kind: string, name: string): string {
  const plain = (text: string): string =>
    text.replace(/[^a-z0-9_]/gi, (character) => `_${character.charCodeAt(0)}_`);
  return `${plain(kind)}_${plain(name)}`;
}

/** Text that Mermaid takes for no syntax of its own. */
function label(text: string): string {
  return `"${text.replaceAll('"', "#quot;")}"`;
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
