import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory for each test of the file, gone after it. */
export function temporaryDirectory(): { readonly path: string } {
  let current: string | undefined;
  afterEach(() => {
    if (current !== undefined) rmSync(current, { recursive: true, force: true });
    current = undefined;
  });
  return {
    get path() {
      current ??= mkdtempSync(join(tmpdir(), "provider-test-"));
      return current;
    },
  };
}
