import { Duration } from "../../../constructs/core/duration";
import { InvalidValueError } from "../../../constructs/core/errors";

test.each([
  [Duration.milliseconds(7), 7],
  [Duration.seconds(2), 2_000],
  [Duration.minutes(5), 300_000],
  [Duration.hours(3), 10_800_000],
  [Duration.days(7), 604_800_000],
  [Duration.days(0), 0],
])("%s is %d milliseconds", (duration, milliseconds) => {
  expect(duration.toMilliseconds()).toBe(milliseconds);
});

test("whole days convert back", () => {
  expect(Duration.hours(48).toDays()).toBe(2);
  expect(Duration.milliseconds(0).toDays()).toBe(0);
});

test("fails when a part of a day is asked for as days", () => {
  expect(() => Duration.hours(36).toDays()).toThrow(
    new InvalidValueError("duration must be a whole number of days, got 129600000 ms"),
  );
});

test.each([
  [() => Duration.milliseconds(-1), "milliseconds, got -1"],
  [() => Duration.seconds(1.5), "seconds, got 1.5"],
  [() => Duration.seconds(0.001), "seconds, got 0.001"],
  [() => Duration.minutes(Number.NaN), "minutes, got NaN"],
  [() => Duration.hours(Number.POSITIVE_INFINITY), "hours, got Infinity"],
  [() => Duration.days(Number.MAX_SAFE_INTEGER), "days, got 9007199254740991"],
])("fails for amounts that are no whole, safe number: %#", (make, text) => {
  expect(make).toThrow(
    new InvalidValueError(`duration must be a whole, non-negative number of ${text}`),
  );
});
