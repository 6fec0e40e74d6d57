import { failure, type Diagnostic } from "../diagnostic";
import type { Path } from "../cty/path";
import { isList, isMap, type Value } from "../cty/value";

/** The SDK cannot hold a null inside a list or set and refuses it. */
export function nullsInLists(value: Value, path: Path = []): Diagnostic[] {
  if (isMap(value)) {
    return [...value].flatMap(([name, item]) => nullsInLists(item, [...path, name]));
  }
  if (!isList(value)) return [];
  return value.flatMap((item, index) =>
    item === null
      ? [
          {
            ...failure("Null value found in list", path),
            detail: "Null values are not allowed for this attribute value.",
          },
        ]
      : nullsInLists(item, [...path, index]),
  );
}
