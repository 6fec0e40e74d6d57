/** How many times faster than the stock set-up the largest synthesis must be. */
const REQUIRED_TIMES_FASTER = 5;

/** How much more a triple may cost among the largest number than among the smaller ones. */
const ALLOWED_GROWTH = 1.25;

/** Processor time of a synthesis, its compilation left out: other work on the machine hardly changes it. */
export interface SynthCost {
  readonly triples: number;
  readonly cpuSeconds: number;
}

/**
 * The cost of a triple between the two larger sizes over that between the two smaller ones; 1 is linear. Differences,
 * because the time that Node and cdktf take to start would hide any growth.
 *
 * @param costs of three sizes, smallest first.
 */
export function growth(costs: readonly [SynthCost, SynthCost, SynthCost]): number {
  const [small, middle, large] = costs;
  return costOfTriple(middle, large) / costOfTriple(small, middle);
}

function costOfTriple(fewer: SynthCost, more: SynthCost): number {
  return (more.cpuSeconds - fewer.cpuSeconds) / (more.triples - fewer.triples);
}

/** What falls short of what the project promises; empty when nothing does. */
export function shortfalls(measured: {
  readonly timesFaster: number;
  readonly growth: number;
}): readonly string[] {
  const problems: string[] = [];
  if (!(measured.timesFaster >= REQUIRED_TIMES_FASTER)) {
    problems.push(
      `must be at least ${REQUIRED_TIMES_FASTER} times faster than the stock set-up, is ${measured.timesFaster.toFixed(1)} times`,
    );
  }
  if (!(measured.growth <= ALLOWED_GROWTH)) {
    problems.push(
      `a triple must cost at most ${ALLOWED_GROWTH} times as much among many, costs ${measured.growth.toFixed(2)} times`,
    );
  }
  return problems;
}
