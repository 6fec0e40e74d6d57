import type { ITerraformDependable } from "cdktf";

/**
 * What one apply leaves for the next plan. Terraform itself compares a configuration with a state and remembers no
 * reasons; what must happen once, and again only when something has changed or time has passed, is remembered here.
 */
export interface PlanMemory {
  /** A token of the time that counts for this plan, RFC 3339. */
  readonly now: string;

  /** A token of one field of what was remembered: null in a new environment, and where the field was not written. */
  recall(field: string): string;

  /**
   * Writes what the next plan recalls. Called once.
   *
   * @param after what must have happened before it is true.
   */
  remember(value: Readonly<Record<string, unknown>>, after: readonly ITerraformDependable[]): void;
}
