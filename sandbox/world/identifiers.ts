import { createHash } from "node:crypto";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";

/** Alphabets of the identifiers that Confluent issues. */
export const alphabets = {
  lower: LOWER + DIGITS,
  upper: LOWER.toUpperCase() + DIGITS,
  mixed: LOWER + LOWER.toUpperCase() + DIGITS,
  base64: LOWER + LOWER.toUpperCase() + DIGITS + "+/",
} as const;

/** Text that looks random and is the same for the same input. */
export function derive(alphabet: string, length: number, ...input: readonly string[]): string {
  const characters: string[] = [];
  for (let block = 0; characters.length < length; block++) {
    const digest = createHash("sha512")
      .update(JSON.stringify([block, ...input]))
      .digest();
    characters.push(...[...digest].map((byte) => alphabet.charAt(byte % alphabet.length)));
  }
  return characters.slice(0, length).join("");
}

/** A UUID, version 4 in form. */
export function deriveUuid(...input: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(input)).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/**
 * Names for new objects, from the seed, the object's kind, its natural name, and how often that name was created
 * before. Terraform's calls come in a different order each time; what they get must not depend on it, or no two runs
 * would have the same plan.
 */
export class Identifiers {
  constructor(
    private readonly seed: string,
    private readonly created: Record<string, number> = {},
  ) {}

  /**
   * Counts one more creation and returns what to derive the object's identifiers from.
   *
   * @param naturalName what tells the object from its kind's others when it is created, for example a display name
   */
  next(kind: string, naturalName: readonly string[]): readonly string[] {
    const key = JSON.stringify([kind, ...naturalName]);
    const count = (this.created[key] ?? 0) + 1;
    this.created[key] = count;
    return [this.seed, key, String(count)];
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.created).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
