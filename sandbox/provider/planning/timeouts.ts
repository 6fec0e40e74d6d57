import { isMap, isWhollyKnown, type MapValue, type Value } from "../cty/value";
import { TIMEOUTS } from "./field";

/** Go's notation of a duration, in which timeouts are written. */
const DURATION =
  /^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)(((\d+(\.\d*)?)|\.\d+)(ns|us|µs|ms|s|m|h))*$/;

/**
 * Carries the timeouts block over: the SDK takes it out of the comparison and puts it back as it is
 * configured.
 */
export function copyTimeouts(to: MapValue, from: Value): MapValue {
  if (!to.has(TIMEOUTS)) return to;
  const timeouts = (isMap(from) ? from.get(TIMEOUTS) : null) ?? null;
  return new Map(to).set(TIMEOUTS, isWhollyKnown(timeouts) ? timeouts : null);
}

/** What is wrong with the durations of a timeouts block. */
export function timeoutMistake(object: Value): string | undefined {
  const timeouts = isMap(object) ? object.get(TIMEOUTS) : null;
  if (!isMap(timeouts)) return undefined;
  for (const [name, duration] of timeouts) {
    if (typeof duration === "string" && !DURATION.test(duration)) {
      return `Error parsing ${TIMEOUTS}.${name}: invalid duration "${duration}", write "30m" or "1h"`;
    }
  }
  return undefined;
}
