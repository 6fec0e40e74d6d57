import { readFileSync } from "node:fs";

import { isRecord } from "../../delivery/json";
import type { SynthesizedStack } from "../../delivery/manifest";

/** The AWS regions in which the stacks' providers work. */
export function awsRegions(stacks: readonly SynthesizedStack[]): readonly string[] {
  const regions = stacks.flatMap(({ configurationFile }) => {
    const stack: unknown = JSON.parse(readFileSync(configurationFile, "utf8"));
    const providers = isRecord(stack) && isRecord(stack["provider"]) ? stack["provider"] : {};
    const blocks: unknown[] = Array.isArray(providers["aws"]) ? providers["aws"] : [];
    return blocks.map((block) => (isRecord(block) ? block["region"] : undefined));
  });
  return [...new Set(regions.filter((region) => typeof region === "string"))];
}
