import { summariseFunctions } from "../../../sandbox/loop/function-report";

test("invocations are counted, and the slowest and the largest are told", () => {
  expect(
    summariseFunctions({
      memoryLimits: "cgroup v2",
      invocations: [
        { function: "a", succeeded: true, durationMs: 400, initMs: 200, peakMb: 30 },
        { function: "a", succeeded: false, durationMs: 500, peakMb: 31 },
        { function: "b", succeeded: true, durationMs: 1 },
      ],
    }),
  ).toEqual({
    memoryLimits: "cgroup v2",
    invocations: 3,
    failed: 1,
    slowestSeconds: 0.6,
    peakMebibytes: 31,
  });
});

test("a machine that does not tell the memory tells none", () => {
  expect(summariseFunctions({ memoryLimits: "not enforced: no", invocations: [] })).toEqual({
    memoryLimits: "not enforced: no",
    invocations: 0,
    failed: 0,
    slowestSeconds: 0,
  });
});
