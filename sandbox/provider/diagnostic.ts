import type { Path } from "./cty/path";

/** Something that Terraform tells its user. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  /** The argument that it is about, from the root of the block; absent: the whole block. */
  readonly attribute?: Path;
}

/** An error about a block, or about one argument of it. */
export function failure(summary: string, attribute?: Path): Diagnostic {
  return { severity: "error", summary, ...(attribute === undefined ? {} : { attribute }) };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
