import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * The world on disk, so that a run which was killed half-way can go on. Written beside and renamed: a reader sees the
 * previous snapshot or the new one, never a part of it. Readable by its owner only, since it holds API secrets.
 */
export class SnapshotFile {
  constructor(private readonly file: string) {}

  save(snapshot: unknown): void {
    const beside = `${this.file}.new`;
    writeFileSync(beside, JSON.stringify(snapshot), { mode: 0o600 });
    renameSync(beside, this.file);
  }

  /** @returns undefined when nothing was saved yet */
  load(): unknown {
    if (!existsSync(this.file)) {
      return undefined;
    }
    try {
      return JSON.parse(readFileSync(this.file, "utf8")) as unknown;
    } catch (error) {
      throw new Error(`${this.file} must hold a snapshot of the world; remove it to start anew`, {
        cause: error,
      });
    }
  }
}
