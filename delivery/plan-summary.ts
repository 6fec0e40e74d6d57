import { isRecord, isStringArray } from "./json";

/** What Terraform means to do with one object, in the words of its JSON plan, such as `["delete", "create"]`. */
export interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
  /** Where the object was before, if it moves. */
  readonly previousAddress?: string;
}

/** What a plan says, without any value (values may be secret). */
export interface PlanSummary {
  /** Objects to be created, updated, replaced, deleted, moved, imported, or read at apply. */
  readonly changes: readonly PlannedChange[];
  /** Objects that somebody changed outside of Terraform, and what was done to them. */
  readonly drift: readonly PlannedChange[];
  /** Outputs to be changed, by name. */
  readonly outputs: readonly PlannedChange[];
}

/** How many objects a plan adds, changes, replaces and destroys; a replaced one counts only as replaced. */
export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
}

/**
 * Summarises what `terraform show -json <plan>` printed.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export function summarisePlan(plan: unknown): PlanSummary {
  if (!isRecord(plan) || typeof plan["format_version"] !== "string") {
    throw new Error("terraform show printed something that is not a plan");
  }
  const outputs = isRecord(plan["output_changes"]) ? Object.entries(plan["output_changes"]) : [];
  return {
    changes: changesOf(plan["resource_changes"]).filter(isChange),
    drift: changesOf(driftedOf(plan)).filter(isChange),
    outputs: outputs
      .map(([address, change]) => ({ address, actions: actionsOf(change) }))
      .filter(isChange),
  };
}

/** Everything a plan would do or found changed: zero means that the cloud is what the configuration says. */
export function countChanges({ changes, drift, outputs }: PlanSummary): number {
  return changes.length + drift.length + outputs.length;
}

/** Counts the planned changes of resources. */
export function countByAction(changes: readonly PlannedChange[]): ChangeCounts {
  const having = (...wanted: string[]): number =>
    changes.filter(
      ({ actions }) =>
        actions.length === wanted.length && wanted.every((action) => actions.includes(action)),
    ).length;
  return {
    add: having("create"),
    change: having("update"),
    replace: having("delete", "create"),
    destroy: having("delete"),
  };
}

/**
 * The drifted objects, without those in which nothing but absence took another shape: many providers store `null` for
 * a collection that was not given and read `{}` or `[]` back, which nobody has changed.
 */
function driftedOf(plan: Record<string, unknown>): unknown[] {
  const entries: unknown[] = Array.isArray(plan["resource_drift"]) ? plan["resource_drift"] : [];
  return entries.filter((entry) => {
    const change = isRecord(entry) ? entry["change"] : undefined;
    if (!isRecord(entry) || !isRecord(change)) return true;
    const { type } = entry;
    return !isSameIgnoringEmpty(own(type, change["before"]), own(type, change["after"]));
  });
}

/** What resources show of others, which have a place in a state themselves. */
const SHOWN_OF_OTHERS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["inline_policy", "managed_policy_arns"],
};

/** An object's attributes without those that tell of other resources: a role's policies appear once they are made. */
function own(type: unknown, attributes: unknown): unknown {
  const shown = typeof type === "string" ? SHOWN_OF_OTHERS[type] : undefined;
  if (shown === undefined || !isRecord(attributes)) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !shown.includes(name)));
}

function isSameIgnoringEmpty(before: unknown, after: unknown): boolean {
  if (isEmpty(before) || isEmpty(after)) return isEmpty(before) && isEmpty(after);
  if (Array.isArray(before) && Array.isArray(after)) {
    const others: unknown[] = after;
    return (
      before.length === others.length &&
      before.every((item, index) => isSameIgnoringEmpty(item, others[index]))
    );
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.every((key) => isSameIgnoringEmpty(before[key], after[key]));
  }
  return before === after;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return Array.isArray(value)
    ? value.length === 0
    : isRecord(value) && Object.keys(value).length === 0;
}

function isChange({ actions, previousAddress }: PlannedChange): boolean {
  return previousAddress !== undefined || actions.some((action) => action !== "no-op");
}

function changesOf(value: unknown): PlannedChange[] {
  const entries: unknown[] = Array.isArray(value) ? value : [];
  return entries.map((entry) => {
    if (!isRecord(entry) || typeof entry["address"] !== "string") {
      throw new Error(`not a resource change of a Terraform plan: ${JSON.stringify(entry)}`);
    }
    const { address, previous_address: previousAddress } = entry;
    return {
      address,
      actions: actionsOf(entry["change"]),
      ...(typeof previousAddress === "string" ? { previousAddress } : {}),
    };
  });
}

function actionsOf(change: unknown): readonly string[] {
  if (!isRecord(change) || !isStringArray(change["actions"])) {
    throw new Error("a change of a Terraform plan has no actions");
  }
  return change["actions"];
}
