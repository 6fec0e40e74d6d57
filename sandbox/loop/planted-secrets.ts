import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

import { isRecord } from "../../delivery/json";
import type { StackPlan } from "../../delivery/plan";
import type { RunDirectory } from "../run/directories";
import { readStateFile } from "../run/state-files";

/** How many secrets there were, and in how many wrong places one was found. */
export interface SecretCounts {
  readonly planted: number;
  readonly found: number;
}

/** Below these are programs and their copies, not what a run writes. */
const NOT_SEARCHED = new Set([".terraform", "node_modules", "packages", "mirror", "python"]);

/**
 * The secrets of all API keys that a run makes. Each may be in the state of the stack that owns the key, and in the
 * world, which plays the cloud that made it; anywhere else it is a leak.
 */
export class PlantedSecrets {
  /** The stack that owns a secret, by the secret. */
  private readonly owners = new Map<string, string>();
  private readonly wrongPlaces: string[] = [];

  get counts(): SecretCounts {
    return { planted: this.owners.size, found: this.wrongPlaces.length };
  }

  /** Where secrets were found, without the secrets. */
  get places(): readonly string[] {
    return this.wrongPlaces;
  }

  /** Notes the secrets in a stack's state, now: a key that is rotated away later leaves it. */
  collect(run: RunDirectory, stackName: string): void {
    for (const secret of secretsIn(readStateFile(run.stateFile(stackName)))) {
      this.owners.set(secret, stackName);
    }
  }

  /** Searches a plan, unless it is the owner's, which is as secret as its state. */
  lookInPlan({ stack, json }: StackPlan): void {
    this.look(`the plan of ${stack.shortName}`, JSON.stringify(json), stack.name);
  }

  /** Searches every file of a run: synthesized stacks, states, logs, the journal. */
  lookInFiles(run: RunDirectory): void {
    for (const file of filesBelow(run.path)) {
      if (file !== run.world) {
        const [stackName] = basename(file).split(".tfstate");
        this.look(relative(run.path, file), readFileSync(file, "utf8"), stackName);
      }
    }
  }

  private look(place: string, text: string, stackName: string | undefined): void {
    for (const [secret, owner] of this.owners) {
      if (owner !== stackName && text.includes(secret)) this.wrongPlaces.push(place);
    }
  }
}

function secretsIn(state: unknown): readonly string[] {
  const resources: unknown[] =
    isRecord(state) && Array.isArray(state["resources"]) ? state["resources"] : [];
  return resources
    .filter(isRecord)
    .filter(({ type }) => type === "confluent_api_key")
    .flatMap(({ instances }) => (Array.isArray(instances) ? instances.filter(isRecord) : []))
    .map(({ attributes }) => (isRecord(attributes) ? attributes["secret"] : undefined))
    .filter((secret) => typeof secret === "string");
}

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return NOT_SEARCHED.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
