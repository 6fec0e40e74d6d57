import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { temporaryDirectory } from "./temporary-directory";

/** A file with this content, in a folder of its own. @returns its path */
export function sourceFile(name: string, content: string): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, content);
  return path;
}
