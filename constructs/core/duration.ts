import { InvalidValueError } from "./errors";

/** A length of time. Made from whole, non-negative units; converted where a provider's argument is written. */
export class Duration {
  static milliseconds(amount: number): Duration {
    return Duration.of(amount, 1, "milliseconds");
  }

  static seconds(amount: number): Duration {
    return Duration.of(amount, 1_000, "seconds");
  }

  static minutes(amount: number): Duration {
    return Duration.of(amount, 60_000, "minutes");
  }

  static hours(amount: number): Duration {
    return Duration.of(amount, 3_600_000, "hours");
  }

  static days(amount: number): Duration {
    return Duration.of(amount, 86_400_000, "days");
  }

  private static of(amount: number, factor: number, unit: string): Duration {
    if (!Number.isSafeInteger(amount * factor) || !Number.isInteger(amount) || amount < 0) {
      throw new InvalidValueError(
        `duration must be a whole, non-negative number of ${unit}, got ${amount}`,
      );
    }
    return new Duration(amount * factor);
  }

  private constructor(private readonly value: number) {}

  toMilliseconds(): number {
    return this.value;
  }

  /** @throws InvalidValueError when the duration is not a whole number of days. */
  toDays(): number {
    if (this.value % 86_400_000 !== 0) {
      throw new InvalidValueError(
        `duration must be a whole number of days, got ${this.toString()}`,
      );
    }
    return this.value / 86_400_000;
  }

  toString(): string {
    return `${this.value} ms`;
  }
}
