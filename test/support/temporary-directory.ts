import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Makes an empty directory. It lies in the run's temporary root, and so goes with it when the run ends. */
export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), "test-"));
}

/** Writes files that may be executed, with the directories they lie in. */
export function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o755 });
  }
}
