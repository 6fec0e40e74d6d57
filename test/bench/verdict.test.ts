import { growth, shortfalls } from "../../bench/verdict";

const cost = (triples: number, cpuSeconds: number): { triples: number; cpuSeconds: number } => ({
  triples,
  cpuSeconds,
});

describe("growth", () => {
  it("is 1 when each triple costs the same, whatever the start costs", () => {
    expect(growth([cost(10, 5.1), cost(100, 6), cost(1000, 15)])).toBeCloseTo(1);
  });

  it("is the factor by which a triple costs more among many", () => {
    expect(growth([cost(10, 5.1), cost(100, 6), cost(1000, 24)])).toBeCloseTo(2);
  });
});

describe("shortfalls", () => {
  it("finds none at the limits", () => {
    expect(shortfalls({ timesFaster: 5, growth: 1.25 })).toEqual([]);
  });

  it("names each limit that is missed", () => {
    expect(shortfalls({ timesFaster: 4.9, growth: 1.3 })).toEqual([
      "must be at least 5 times faster than the stock set-up, is 4.9 times",
      "a triple must cost at most 1.25 times as much among many, costs 1.30 times",
    ]);
  });

  it("takes what could not be measured for a miss", () => {
    expect(shortfalls({ timesFaster: NaN, growth: NaN })).toHaveLength(2);
  });
});
