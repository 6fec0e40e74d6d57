import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

import { isRecord } from "../../delivery/json";
import { awsInventory } from "../aws/inventory";
import type { RunDirectory } from "../run/directories";
import type { RunProcess } from "../run/run-processes";
import type { ServiceUrls } from "../run/run-record";
import { readStateFile } from "../run/state-files";
import { WorldClient } from "../services/world-client";

/** Whom to ask what exists. */
export interface Inspection {
  readonly run: RunDirectory;
  readonly services: ServiceUrls;
  readonly python: string;
  /** The AWS regions in which something may exist. */
  readonly regions: readonly string[];
}

/**
 * Everything that still exists, one line each, as clients see it that have nothing to do with Terraform: boto3 in AWS,
 * the world's public inventory, and the files of the states.
 */
export async function existingObjects({
  run,
  services,
  python,
  regions,
}: Inspection): Promise<readonly string[]> {
  const [world, aws] = await Promise.all([
    new WorldClient(services.worldUrl).inventory(),
    Promise.all(regions.map((region) => awsInventory({ python, url: services.awsUrl, region }))),
  ]);
  return [
    ...world.map(({ type, id }) => `${type} ${id}`),
    ...aws.flat().map((object) => `aws ${object}`),
    ...statesHoldingResources(run),
  ];
}

/** Processes as lines of a list of what is left. */
export function describeProcesses(processes: readonly RunProcess[]): readonly string[] {
  return processes.map(({ pid, program }) => `process ${pid} (${program})`);
}

/** Read from the files themselves: the question is what is left on the disk, not what Terraform makes of it. */
function statesHoldingResources({ states }: RunDirectory): string[] {
  const files = readdirSync(states).filter((file) => file.endsWith(".tfstate"));
  return files.flatMap((file) => {
    const state = readStateFile(join(states, file));
    const resources: unknown[] =
      isRecord(state) && Array.isArray(state["resources"]) ? state["resources"] : [];
    return resources.length > 0
      ? [`state of ${basename(file, ".tfstate")} with ${resources.length} resources`]
      : [];
  });
}
