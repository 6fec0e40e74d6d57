/** JSON text that knows where in it each value is. */
export interface PlacedJson {
  readonly text: string;
  /** The path of the innermost value around a byte, `resource.confluent_environment.this`. */
  placeAt(byte: number): string;
}

/** Prints a value so that a place in the text can be traced back to the value. */
export function placedJson(value: unknown): PlacedJson {
  const spans: { place: string; start: number; end: number }[] = [];
  let text = "";
  const print = (item: unknown, place: readonly string[], start: number): void => {
    if (Array.isArray(item)) {
      text += "[";
      item.forEach((element, index) => {
        if (index > 0) text += ", ";
        print(element, place, text.length);
      });
      text += "]";
    } else if (typeof item === "object" && item !== null) {
      text += "{";
      Object.entries(item).forEach(([key, member], index) => {
        text += index > 0 ? ",\n" : "\n";
        const before = text.length;
        text += `${JSON.stringify(key)}: `;
        print(member, [...place, key], before);
      });
      text += "\n}";
    } else {
      text += JSON.stringify(item);
    }
    spans.push({ place: place.join("."), start, end: text.length });
  };
  print(value, [], 0);
  return {
    text,
    placeAt: (byte) => {
      const offset = Buffer.from(text).subarray(0, byte).toString("utf8").length;
      // Inner values are printed, and so listed, before the ones around them.
      return spans.find(({ start, end }) => start <= offset && offset < end)?.place ?? "";
    },
  };
}
