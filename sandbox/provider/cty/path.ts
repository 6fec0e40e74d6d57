/** Where a value is inside another: attribute names and map keys are text, list indices numbers. */
export type Path = readonly (string | number)[];

/** Writes a path as the messages of Terraform's SDK do: `managed_resource.0.api_version`. */
export function dotted(path: Path): string {
  return path.join(".");
}

/**
 * Writes a path without list indices, the way the behaviour documents name an argument:
 * `managed_resource.api_version`.
 */
export function argumentName(path: Path): string {
  return path.filter((step) => typeof step === "string").join(".");
}
