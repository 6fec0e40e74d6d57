import { appendFileSync, existsSync, readFileSync } from "node:fs";

import type { JsonObject } from "./values";

/** A file with one JSON line for every call that Terraform made; it survives restarts of the world. */
export class Journal {
  private count: number;

  constructor(private readonly file: string) {
    this.count = existsSync(file) ? readFileSync(file, "utf8").split("\n").length - 1 : 0;
  }

  /** Calls recorded so far, those before a restart included. */
  get calls(): number {
    return this.count;
  }

  /** Writes before the call is answered, so that the journal lacks no call that Terraform saw. */
  append(entry: JsonObject): void {
    this.count++;
    appendFileSync(this.file, `${JSON.stringify({ call: this.count, ...entry })}\n`, {
      mode: 0o600,
    });
  }
}
