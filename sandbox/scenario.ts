import type { PlannedChange } from "../delivery/plan-summary";
import type { Edit } from "./changed-application";

/** A change to the deployed application, and exactly what it must cause. */
export interface Scenario {
  readonly edits: readonly Edit[];
  /** The planned changes of each stack, by short name; a stack that is not named must not change. */
  readonly expected: Readonly<Record<string, readonly PlannedChange[]>>;
}

export const scenario: Scenario = {
  edits: [],
  expected: {},
};
