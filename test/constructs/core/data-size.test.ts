import { DataSize } from "../../../constructs/core/data-size";
import { InvalidValueError } from "../../../constructs/core/errors";

test.each([
  [DataSize.bytes(12), 12, "12 B"],
  [DataSize.mebibytes(3), 3_145_728, "3145728 B"],
  [DataSize.gibibytes(2), 2_147_483_648, "2147483648 B"],
  [DataSize.bytes(0), 0, "0 B"],
])("%s is %d bytes", (size, bytes, text) => {
  expect(size.toBytes()).toBe(bytes);
  expect(size.toString()).toBe(text);
});

test.each([
  [() => DataSize.bytes(-1), "bytes, got -1"],
  [() => DataSize.mebibytes(0.5), "MiB, got 0.5"],
  [() => DataSize.gibibytes(Number.MAX_SAFE_INTEGER), "GiB, got 9007199254740991"],
])("fails for amounts that are no whole, safe number: %#", (make, text) => {
  expect(make).toThrow(
    new InvalidValueError(`data size must be a whole, non-negative number of ${text}`),
  );
});
