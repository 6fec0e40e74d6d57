import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A directory that exists while a test file's tests run. */
export class TemporaryDirectory {
  readonly path = mkdtempSync(join(tmpdir(), "sandbox-aws-"));

  constructor() {
    afterAll(() => {
      rmSync(this.path, { recursive: true, force: true });
    });
  }

  /** An empty directory beneath this one. */
  empty(): string {
    return mkdtempSync(join(this.path, "case-"));
  }
}

/** Writes files, with the directories they lie in. */
export function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o755 });
  }
}
