import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { StackPlan } from "../../delivery/plan";

/** Keeps plans as files for somebody who wants to read or compare them. In the sandbox their secrets open nothing. */
export class PlanFiles {
  /** @param directory where to. @default - plans are not kept */
  constructor(private readonly directory?: string) {}

  /** Writes a plan's JSON as `<directory>/<moment>/<stack>.json`, one value a line. */
  keep(moment: string, { stack, json }: StackPlan): void {
    if (this.directory === undefined) return;
    const folder = join(this.directory, moment);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${stack.shortName}.json`), `${JSON.stringify(json, null, 2)}\n`);
  }
}
