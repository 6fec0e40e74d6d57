import { Interruption } from "../../delivery/interruption";
import type { StopSignal } from "../../delivery/signals";
import { Interrupted } from "../../delivery/user-error";

/** Collects what a listener hears. */
function heard(): { requests: [StopSignal, number][]; listen: (s: StopSignal, n: number) => void } {
  const requests: [StopSignal, number][] = [];
  return { requests, listen: (signal, count) => void requests.push([signal, count]) };
}

test("nothing was requested at first", () => {
  const interruption = new Interruption();

  expect(interruption.signal).toBeUndefined();
  expect(() => {
    interruption.throwIfRequested("deploy");
  }).not.toThrow();
});

test("listeners hear each request and how many there have been", () => {
  const interruption = new Interruption();
  const { requests, listen } = heard();
  interruption.onRequest(listen);

  interruption.request("SIGINT");
  interruption.request("SIGTERM");

  expect(requests).toEqual([
    ["SIGINT", 1],
    ["SIGTERM", 2],
  ]);
  expect(interruption.signal).toBe("SIGINT");
});

test("a listener that comes late hears at once", () => {
  const interruption = new Interruption();
  interruption.request("SIGTERM");
  const { requests, listen } = heard();

  interruption.onRequest(listen);

  expect(requests).toEqual([["SIGTERM", 1]]);
});

test("a listener that is removed hears nothing more", () => {
  const interruption = new Interruption();
  const { requests, listen } = heard();

  interruption.onRequest(listen)();
  interruption.request("SIGINT");

  expect(requests).toEqual([]);
});

test("what comes next is not begun, and its name and the exit code are told", () => {
  const interruption = new Interruption();
  interruption.request("SIGTERM");

  const begin = (): void => {
    interruption.throwIfRequested("deploy of streams");
  };

  expect(begin).toThrow(new Interrupted("SIGTERM", "stopped by SIGTERM before deploy of streams"));
});

test.each<[StopSignal, number]>([
  ["SIGINT", 130],
  ["SIGTERM", 143],
])("the exit code after %s is %d", (signal, exitCode) => {
  expect(new Interrupted(signal, "").exitCode).toBe(exitCode);
});

describe("signals of the process", () => {
  const clock = jest.spyOn(performance, "now");
  afterAll(() => {
    clock.mockRestore();
  });

  /** What is heard of signals that arrive at these times. */
  const arriving = (...arrivals: readonly [StopSignal, number][]): [StopSignal, number][] => {
    const interruption = new Interruption();
    const { requests, listen } = heard();
    interruption.onRequest(listen);
    const ignore = interruption.listenToProcess();
    for (const [signal, time] of arrivals) {
      clock.mockReturnValue(time);
      process.emit(signal, signal);
    }
    ignore();
    return requests;
  };

  test("are requests", () => {
    expect(arriving(["SIGINT", 1], ["SIGTERM", 1_000])).toEqual([
      ["SIGINT", 1],
      ["SIGTERM", 2],
    ]);
  });

  test("that npm repeats at once are one request", () => {
    expect(arriving(["SIGINT", 0], ["SIGINT", 499], ["SIGINT", 999])).toEqual([
      ["SIGINT", 1],
      ["SIGINT", 2],
    ]);
  });

  test("are left to others when nobody listens any more", () => {
    const before = process.listenerCount("SIGINT");

    new Interruption().listenToProcess()();

    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});
