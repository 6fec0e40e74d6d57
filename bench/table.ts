import type { Measurement } from "./measure";

/** One line of the report. */
export interface Row {
  readonly setUp: string;
  readonly triples: number;
  readonly measured: Measurement;
}

const HEADINGS = [
  "set-up",
  "triples",
  "seconds",
  "CPU seconds",
  "peak MiB",
  "times slower",
  "times the memory",
];

/** The report as text, every row compared with `reference` if that is about as many triples. */
export function table(rows: readonly Row[], reference: Row): string {
  const lines = [HEADINGS, ...rows.map((row) => cells(row, reference))];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cells({ setUp, triples, measured }: Row, reference: Row): readonly string[] {
  const comparable = triples === reference.triples;
  const base = reference.measured;
  return [
    setUp,
    triples.toLocaleString("en-US"),
    measured.seconds.toFixed(2),
    measured.cpuSeconds.toFixed(2),
    measured.peakMebibytes.toFixed(0),
    comparable ? (measured.seconds / base.seconds).toFixed(1) : "",
    comparable ? (measured.peakMebibytes / base.peakMebibytes).toFixed(1) : "",
  ];
}
