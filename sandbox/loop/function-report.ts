import type { FunctionStatus } from "../aws/moto-api";

/** How Lambda functions ran in a run. */
export interface FunctionReport {
  /** How they were kept within their memory, such as `cgroup v1`, or `not enforced` and why. */
  readonly memoryLimits: string;
  readonly invocations: number;
  /** Of them, those that were to fail included. */
  readonly failed: number;
  /** Of the slowest one, loading included. */
  readonly slowestSeconds: number;
  /** The most memory that one had. @default - this machine does not tell */
  readonly peakMebibytes?: number;
}

/** Before any has run. */
export const NO_FUNCTIONS: FunctionReport = {
  memoryLimits: "unknown",
  invocations: 0,
  failed: 0,
  slowestSeconds: 0,
};

export function summariseFunctions({ memoryLimits, invocations }: FunctionStatus): FunctionReport {
  const peaks = invocations.flatMap(({ peakMb }) => peakMb ?? []);
  const milliseconds = invocations.map(({ initMs = 0, durationMs }) => initMs + durationMs);
  return {
    memoryLimits,
    invocations: invocations.length,
    failed: invocations.filter(({ succeeded }) => !succeeded).length,
    slowestSeconds: Math.max(0, ...milliseconds) / 1000,
    ...(peaks.length > 0 ? { peakMebibytes: Math.max(...peaks) } : {}),
  };
}
