import { ref } from "cdktf";

import type { PlanMemory } from "../../constructs/core/plan-memory";

/** A memory whose past comes from the variables `now` and `memory`, and whose future a test can look at. */
export class TestMemory implements PlanMemory {
  readonly now = "${var.now}";

  /** What it was told to remember. */
  remembered: Readonly<Record<string, unknown>> = {};

  recall(field: string): string {
    return ref(`try(var.memory.${field}, null)`).toString();
  }

  remember(value: Readonly<Record<string, unknown>>): void {
    this.remembered = value;
  }
}
