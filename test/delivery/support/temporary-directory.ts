import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory that exists while a test file's tests run. */
export class TemporaryDirectory {
  readonly path = mkdtempSync(join(tmpdir(), "delivery-"));

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
