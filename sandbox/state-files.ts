import { existsSync, readFileSync } from "node:fs";

import { managedAddresses } from "../delivery/state";
import type { RunDirectory } from "./directories";

/** The managed resources in a stack's state, read from the file itself; none when there is no file. */
export function resourcesInStateFile(run: RunDirectory, stackName: string): readonly string[] {
  const file = run.stateFile(stackName);
  return existsSync(file) ? managedAddresses(JSON.parse(readFileSync(file, "utf8"))) : [];
}
