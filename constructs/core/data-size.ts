import { InvalidValueError } from "./errors";

/** An amount of data. Made from whole, non-negative binary units; converted where an argument is written. */
export class DataSize {
  static bytes(amount: number): DataSize {
    return DataSize.of(amount, 1, "bytes");
  }

  static mebibytes(amount: number): DataSize {
    return DataSize.of(amount, 1024 ** 2, "MiB");
  }

  static gibibytes(amount: number): DataSize {
    return DataSize.of(amount, 1024 ** 3, "GiB");
  }

  private static of(amount: number, factor: number, unit: string): DataSize {
    if (!Number.isSafeInteger(amount * factor) || !Number.isInteger(amount) || amount < 0) {
      throw new InvalidValueError(
        `data size must be a whole, non-negative number of ${unit}, got ${amount}`,
      );
    }
    return new DataSize(amount * factor);
  }

  private constructor(private readonly value: number) {}

  toBytes(): number {
    return this.value;
  }

  toString(): string {
    return `${this.value} B`;
  }
}
