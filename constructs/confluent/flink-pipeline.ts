import { dependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { collectLineage, type Lineage } from "../core/lineage";
import { validate, type Rule } from "../core/validation";
import type { FlinkProcess } from "./flink-process";

export interface FlinkPipelineProps {
  /** In any order. */
  readonly processes: readonly FlinkProcess[];

  /** Tables that more than one process may write. @default - none */
  readonly sharedTables?: readonly string[];
}

/**
 * Statements and tables that feed one another. Each is deployed after those whose tables it reads, as far as both are
 * in one stack; nobody has to say so.
 */
export class FlinkPipeline extends Construct {
  /** What its processes read and write, whatever else is in the stack. */
  readonly lineage: Lineage;

  constructor(scope: Construct, id: string, { processes, sharedTables = [] }: FlinkPipelineProps) {
    super(scope, id);
    const cycle = findCycle(processes);
    validate(this, [
      ...writerRules(processes, sharedTables),
      [
        cycle.length > 0,
        `processes must feed one another in one direction, got ${cycle.map(({ processName }) => processName).join(" → ")}`,
      ],
    ]);
    for (const consumer of processes) {
      const before = producersOf(consumer, processes)
        .filter((producer) => TerraformStack.of(producer) === TerraformStack.of(consumer))
        .flatMap(({ resources }) => resources.map(dependable));
      for (const resource of before.length > 0 ? consumer.resources : []) {
        resource.dependsOn = [...new Set([...(resource.dependsOn ?? []), ...before])];
      }
    }
    this.lineage = collectLineage(...processes);
  }
}

function writerRules(
  processes: readonly FlinkProcess[],
  sharedTables: readonly string[],
): readonly Rule[] {
  const tables = new Set(processes.flatMap(({ writes }) => writes));
  return [...tables].map((table) => {
    const writers = processes.filter(({ writes }) => writes.includes(table));
    return [
      writers.length > 1 && !sharedTables.includes(table),
      `${table} must have one writer, or be named in sharedTables, got ${writers.map(({ processName }) => processName).join(" and ")}`,
    ];
  });
}

function producersOf(
  { reads }: FlinkProcess,
  processes: readonly FlinkProcess[],
): readonly FlinkProcess[] {
  return processes.filter(({ writes }) => writes.some((table) => reads.includes(table)));
}

/** A way from a process back to itself, both ends included; empty when there is none. */
function findCycle(processes: readonly FlinkProcess[]): readonly FlinkProcess[] {
  const done = new Set<FlinkProcess>();
  const search = (path: readonly FlinkProcess[]): readonly FlinkProcess[] => {
    const [process, ...consumers] = path;
    if (process === undefined || done.has(process)) return [];
    const start = consumers.indexOf(process);
    if (start >= 0) return path.slice(0, start + 2);
    for (const producer of producersOf(process, processes)) {
      const cycle = search([producer, ...path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(process);
    return [];
  };
  return processes.map((process) => search([process])).find((cycle) => cycle.length > 0) ?? [];
}
