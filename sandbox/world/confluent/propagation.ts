import { timestamp, type Clock } from "../clock";

/** Seconds from the creation of a role binding until it counts. */
export const ROLE_BINDING_DELAY = 60;

/** Seconds from the creation of an API key of a data plane until it opens. */
export const API_KEY_DELAY = 30;

/** Something that counts only some time after it was created. */
export interface Propagating {
  /** In milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** Until when whoever created it has waited, in milliseconds since the Unix epoch. */
  readonly waitedUntil: number;
}

/** The times of something that is created now, by a provider that then waits. */
export function createdNow(clock: Clock, waitSeconds: number): Propagating {
  return { createdAt: clock.now, waitedUntil: clock.now + waitSeconds * 1000 };
}

/**
 * Whether it counts for those who come after it. They come after its own wait as well, even while the world's time
 * stands still; the waits of other objects do not count, since their order is chance.
 */
export function hasPropagated(clock: Clock, object: Propagating, delaySeconds: number): boolean {
  return Math.max(clock.now, object.waitedUntil) >= object.createdAt + delaySeconds * 1000;
}

/** From when on it counts, in RFC 3339. */
export function countsFrom({ createdAt }: Propagating, delaySeconds: number): string {
  return timestamp(createdAt + delaySeconds * 1000);
}
