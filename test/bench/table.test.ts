import { table, type Row } from "../../bench/table";

const row = (setUp: string, triples: number, seconds: number, peakMebibytes: number): Row => ({
  setUp,
  triples,
  measured: { seconds, cpuSeconds: seconds * 2, peakMebibytes },
});

it("compares only rows of as many triples with the reference", () => {
  const reference = row("ours", 1000, 2, 100);
  expect(table([row("ours", 10, 1, 50), reference, row("stock", 1000, 20, 450)], reference)).toBe(
    [
      "set-up  triples  seconds  CPU seconds  peak MiB  times slower  times the memory",
      "ours         10     1.00         2.00        50",
      "ours      1,000     2.00         4.00       100           1.0               1.0",
      "stock     1,000    20.00        40.00       450          10.0               4.5",
    ].join("\n"),
  );
});
