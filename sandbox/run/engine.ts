/** By which engine the jobs that could run by either come about in a run. */
export const ENGINES = ["table-api", "compiled"] as const;

/** The Table API plugin in the function, or the SQL that it has compiled before. */
export type FlinkEngine = (typeof ENGINES)[number];

export function isEngine(value: unknown): value is FlinkEngine {
  return ENGINES.some((engine) => engine === value);
}
