import type { Lineage } from "../constructs/core/lineage";

/** The lineage with shorter names: without what they all begin with, such as the environment's name. */
export function withoutPrefix({ tables, processes }: Lineage, prefix: string): Lineage {
  return {
    tables,
    processes: processes.map((process) => ({
      ...process,
      name: process.name.startsWith(prefix) ? process.name.slice(prefix.length) : process.name,
    })),
  };
}
