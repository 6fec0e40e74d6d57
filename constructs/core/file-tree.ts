import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

import type { IConstruct } from "constructs";

import { ValidationError } from "./errors";

/** A file, and where it lies in its tree. */
export interface TreeFile {
  /** Relative to the tree's root, with "/" between folders on every machine. */
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Reads the files of a folder and of the folders in it.
 *
 * @param selects by path relative to the folder
 * @returns the files, sorted by path
 * @throws ValidationError with the construct's path and the folder's when it cannot be read
 */
export function readTree(
  scope: IConstruct,
  directory: string,
  selects: (path: string) => boolean,
): readonly TreeFile[] {
  return listFiles(scope, directory)
    .filter(selects)
    .sort()
    .map((path) => ({ path, content: readFileSync(join(directory, path)) }));
}

/** The same files in another folder of a greater tree. */
export function under(folder: string, files: readonly TreeFile[]): readonly TreeFile[] {
  return files.map(({ path, content }) => ({ path: `${folder}/${path}`, content }));
}

/**
 * One hash for many files, whatever their order: that of the text that `sha256sum` prints for them, sorted by path.
 *
 * @returns 64 hexadecimal digits
 */
export function digestOf(files: readonly TreeFile[]): string {
  const lines = [...files]
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ path, content }) => `${sha256(content)}  ${path}\n`);
  return sha256(lines.join(""));
}

/** @returns 64 hexadecimal digits */
export function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function listFiles(scope: IConstruct, directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, sep).length))
      .map((path) => path.split(sep).join("/"));
  } catch (error) {
    throw new ValidationError(scope, [
      `${directory} cannot be read; name a directory relative to the project's root: ${String(error)}`,
    ]);
  }
}
