import fc from "fast-check";

import { Clock, timestamp } from "../../../sandbox/world/clock";

test("waits run side by side and count when the clock is moved", () => {
  const clock = new Clock();
  clock.wait(90);
  clock.wait(60);

  expect(timestamp(clock.now)).toBe("2026-01-01T00:00:00Z");
  expect(timestamp(clock.afterWaits)).toBe("2026-01-01T00:01:30Z");
  clock.advance(10);
  expect(timestamp(clock.now)).toBe("2026-01-01T00:01:40Z");
  expect(timestamp(clock.afterWaits)).toBe("2026-01-01T00:01:40Z");
});

test("the order of waits does not matter", () => {
  const after = (waits: readonly number[]): unknown => {
    const clock = new Clock();
    waits.forEach((seconds) => {
      clock.wait(seconds);
    });
    return clock.toJSON();
  };
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), (waits) => {
      expect(after(waits.toReversed())).toEqual(after(waits));
    }),
  );
});

test("a clock goes on where another one was written down", () => {
  const clock = new Clock();
  clock.advance(5);
  clock.wait(7);
  const resumed = new Clock(clock.toJSON());

  expect(resumed.now).toBe(clock.now);
  expect(resumed.afterWaits).toBe(clock.afterWaits);
});

test.each([-1, NaN, Infinity])("time does not move by %d seconds", (seconds) => {
  expect(() => {
    new Clock().advance(seconds);
  }).toThrow(`advanceSeconds must be a number of at least 0, got ${seconds}`);
});
