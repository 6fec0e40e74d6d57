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
  /** The last number given; a number is never given twice, lest a verdict rest on an older command's record. */
  private count: number;

  /** Creates the folder if need be; numbers go on after the ones already there. */
  constructor(path: string) {
    this.path = resolve(path);
    mkdirSync(this.path, { recursive: true });
    this.count = Math.max(0, ...readdirSync(this.path).map(numberOf));
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
}

function numberOf(file: string): number {
  return Number(/^\d+(?=-)/.exec(file)?.[0] ?? 0);
}
