import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "../../delivery/user-error";

/** A change of one place in one of the application's files. */
export interface Edit {
  /** Relative to the project. */
  readonly file: string;
  /** The file as whose copy it begins. @default - it is there already */
  readonly copyOf?: string;
  /** The text to replace; it must occur exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** The application's own sources: what a person would edit. */
const COPIED = [
  "main.ts",
  "application.ts",
  "cdktf.json",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "config",
  "constructs",
  "functions",
  "pipelines",
  "python",
  "stacks",
];

/** What they are built with. */
const LINKED = ["node_modules", "packages"];

/**
 * Makes a copy of the application in `directory` and changes it; the project itself stays as it is.
 * @throws UserError when an edit does not fit the file any more
 */
export function copyChangedApplication(
  project: string,
  directory: string,
  edits: readonly Edit[],
): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const name of COPIED) {
    cpSync(join(project, name), join(directory, name), { recursive: true });
  }
  for (const name of LINKED) symlinkSync(join(project, name), join(directory, name));
  for (const edit of edits) {
    const path = join(directory, edit.file);
    const original = join(directory, edit.copyOf ?? edit.file);
    writeFileSync(path, applyEdit(readFileSync(original, "utf8"), edit));
  }
}

/** @throws UserError unless the text to replace occurs exactly once */
export function applyEdit(text: string, { file, find, replace }: Edit): string {
  const [before, after, ...others] = text.split(find);
  if (before === undefined || after === undefined || others.length > 0) {
    const count = text.split(find).length - 1;
    throw new UserError(
      `${file} holds ${JSON.stringify(find)} ${count} times, and the sandbox's change replaces the only one: ` +
        "adapt the edit in sandbox/scenario.ts to the file",
    );
  }
  return before + replace + after;
}
