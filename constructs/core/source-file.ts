import { readFileSync } from "node:fs";

import type { IConstruct } from "constructs";

import { ValidationError } from "./errors";

/**
 * Reads a file that a prop names, relative to the folder in which the application runs.
 *
 * @throws ValidationError with the construct's path and the file's when it cannot be read.
 */
export function readSourceFile(scope: IConstruct, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ValidationError(scope, [
      `${file} cannot be read; name a file relative to the project's root: ${String(error)}`,
    ]);
  }
}

/** Keeps `${` and `%{` of a file as they are, where Terraform would take them for templates. */
export function withoutTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
