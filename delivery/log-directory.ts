import { mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import type { SynthesizedStack } from "./manifest";

/** The files of one command on one stack. */
export interface CommandLog {
  /** Everything the command printed. */
  readonly logFile: string;
  /** The Terraform commands it consisted of, see `terraform-record.ts`. */
  readonly recordFile: string;
}

/** A folder of raw logs, numbered in the order in which the commands began: `03-deploy-event-streams.log`. */
export class LogDirectory {
  readonly path: string;
  private count: number;

  /** Creates the folder if need be; numbers go on after the ones already there. */
  constructor(path: string) {
    this.path = resolve(path);
    mkdirSync(this.path, { recursive: true });
    this.count = readdirSync(this.path).filter((file) => file.endsWith(".log")).length;
  }

  /** The files for the next command. */
  next(command: string, stack: SynthesizedStack): CommandLog {
    this.count += 1;
    const name = `${String(this.count).padStart(2, "0")}-${command}-${stack.shortName}`;
    return {
      logFile: join(this.path, `${name}.log`),
      recordFile: join(this.path, `${name}.terraform.ndjson`),
    };
  }

  /** All records in the folder, oldest first. */
  recordFiles(): string[] {
    return readdirSync(this.path)
      .filter((file) => file.endsWith(".terraform.ndjson"))
      .sort()
      .map((file) => join(this.path, file));
  }
}
