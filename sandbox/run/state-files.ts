import { existsSync, readFileSync } from "node:fs";

import { managedAddresses } from "../../delivery/state";
import type { RunDirectory } from "./directories";

/** The managed resources in a stack's state, read from the file itself; none when there is no file. */
export function resourcesInStateFile(run: RunDirectory, stackName: string): readonly string[] {
  const state = readStateFile(run.stateFile(stackName));
  return state === undefined ? [] : managedAddresses(state);
}

/**
 * The content of a state file; undefined when there is none, or an empty one: Terraform makes it when it takes the
 * lock, and fills it with the first resource.
 */
export function readStateFile(file: string): unknown {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text === "" ? undefined : JSON.parse(text);
}
