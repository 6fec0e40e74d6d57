import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A released version of a subject. */
export interface RegisteredVersion {
  readonly number: number;
  readonly file: string;
  readonly text: string;
}

/**
 * The released versions of a subject, oldest first.
 *
 * @param ending of the subject's schema files, such as `.avsc`
 * @throws Error when the versions have gaps, or files of another format among them
 */
export function registeredVersions(
  folder: string,
  subject: string,
  ending: string,
): readonly RegisteredVersion[] {
  const directory = join(folder, subject);
  // Git keeps no empty folder: a new subject has none.
  const names = existsSync(directory) ? readdirSync(directory) : [];
  const expected = names.map((_, index) => `${index + 1}${ending}`);
  const strangers = names.filter((name) => !expected.includes(name));
  if (strangers.length > 0) {
    throw new Error(
      `${directory} must hold 1${ending}, 2${ending} and so on without a gap, got ${names.join(", ")}`,
    );
  }
  return expected.map((name, index) => {
    const file = join(directory, name);
    return { number: index + 1, file, text: readFileSync(file, "utf8") };
  });
}
