/** Where every world's time begins: times end up in states, and two runs must have the same. */
const BEGINNING = Date.parse("2026-01-01T00:00:00Z");

/** A clock in a snapshot. */
export interface ClockState {
  readonly elapsedSeconds: number;
  readonly waitedSeconds: number;
}

/**
 * The world's time. It stands still until someone moves it, so that waiting six months takes one call.
 *
 * Terraform's provider waits after many calls, and the order of parallel calls is different in each run. If a wait
 * moved the time at once, the times in states would depend on that order. So `now` stays where it is until someone
 * moves it from outside, the waits since then run side by side, and the longest of them counts from the next move on:
 * the maximum of a set is the same in whatever order its members come.
 */
export class Clock {
  private elapsedSeconds: number;
  private waitedSeconds: number;

  constructor({ elapsedSeconds, waitedSeconds }: ClockState = NEW) {
    this.elapsedSeconds = elapsedSeconds;
    this.waitedSeconds = waitedSeconds;
  }

  /** Milliseconds since the Unix epoch, as every call since the last move sees it. */
  get now(): number {
    return this.after(0);
  }

  /** The time when all waits since the last move are over, in milliseconds since the Unix epoch. */
  get afterWaits(): number {
    return this.after(this.waitedSeconds);
  }

  /** A call that takes so long for its caller. */
  wait(seconds: number): void {
    this.waitedSeconds = Math.max(this.waitedSeconds, seconds);
  }

  /** Ends all waits and lets so many seconds pass after them. */
  advance(seconds: number): void {
    if (!Number.isFinite(seconds) || seconds < 0) {
      throw new RangeError(`advanceSeconds must be a number of at least 0, got ${seconds}`);
    }
    this.elapsedSeconds += this.waitedSeconds + seconds;
    this.waitedSeconds = 0;
  }

  toJSON(): ClockState {
    return { elapsedSeconds: this.elapsedSeconds, waitedSeconds: this.waitedSeconds };
  }

  private after(seconds: number): number {
    return BEGINNING + (this.elapsedSeconds + seconds) * 1000;
  }
}

const NEW: ClockState = { elapsedSeconds: 0, waitedSeconds: 0 };

/** RFC 3339 in whole seconds, as Confluent's APIs write times. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
