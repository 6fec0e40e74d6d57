import { availableParallelism } from "node:os";
import {
  recordedOutcome,
  recordedPlans,
  standInOutcome,
  type Outcome,
  type RecordedPlan,
} from "./support/recorded-plan";
import knownDifferences from "./known-differences.json";

const TIME_LIMIT_MS = 180_000;

/**
 * Every plan that was recorded with the real provider for the types that the stand-in serves. What
 * differs is listed in known-differences.json with the reason, and a case that is listed there has
 * to differ.
 */
describe("the stand-in plans what the real provider planned", () => {
  const plans = recordedPlans();
  const reasons: Readonly<Record<string, string>> = knownDifferences;
  const outcomes = new Map<string, Promise<Outcome>>();

  beforeAll(async () => {
    const waiting = [...plans];
    const work = async (): Promise<void> => {
      for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
        const outcome = standInOutcome(plan);
        outcomes.set(plan.case, outcome);
        // A failure belongs to its own test, not to all.
        await outcome.catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
  }, TIME_LIMIT_MS);

  const listed = (plan: RecordedPlan): boolean => Object.hasOwn(reasons, plan.case);

  it.each(plans.filter((plan) => !listed(plan)))("$case: $why", async (plan) => {
    await expect(outcomes.get(plan.case)).resolves.toStrictEqual(recordedOutcome(plan));
  });

  it("differs where a difference is listed", async () => {
    const agreeing: string[] = [];
    for (const plan of plans.filter(listed)) {
      const outcome = await outcomes.get(plan.case);
      if (JSON.stringify(outcome) === JSON.stringify(recordedOutcome(plan)))
        agreeing.push(plan.case);
    }
    expect(agreeing).toStrictEqual([]);
  });

  it("lists differences of recorded cases only", () => {
    const cases = new Set(plans.map((plan) => plan.case));
    expect(Object.keys(reasons).filter((name) => !cases.has(name))).toStrictEqual([]);
  });
});
