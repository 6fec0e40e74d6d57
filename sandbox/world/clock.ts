/** Where every world's time begins: times end up in states, and two runs must have the same. */
const BEGINNING = Date.parse("2026-01-01T00:00:00Z");

/** The world's time. It stands still until someone advances it, so that waiting six months takes one call. */
export class Clock {
  constructor(private elapsedSeconds = 0) {}

  /** Milliseconds since the Unix epoch. */
  get now(): number {
    return BEGINNING + this.elapsedSeconds * 1000;
  }

  advance(seconds: number): void {
    if (!Number.isFinite(seconds) || seconds < 0) {
      throw new RangeError(`advanceSeconds must be a number of at least 0, got ${seconds}`);
    }
    this.elapsedSeconds += seconds;
  }

  toJSON(): number {
    return this.elapsedSeconds;
  }
}

/** RFC 3339 in whole seconds, as Confluent's APIs write times. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
