import { failure, type Diagnostic } from "../diagnostic";
import type { ProviderConfiguration } from "../configuration";
import type { Path } from "../cty/path";
import { attribute, isMap, Unknown, UNKNOWN, type Value } from "../cty/value";
import type { SchemaType } from "../resource-type";
import { diffFields } from "./diff";
import type { FieldDiff } from "./diff-value";
import { equivalent } from "./equivalent";
import type { Fields } from "./field";
import { filled } from "./legacy-value";
import { restoreNulls } from "./normalize-nulls";
import { ResourceChange, type Verdict } from "./rules";
import { copyTimeouts, timeoutMistake } from "./timeouts";
import { markComputed } from "./unknowns";

/** What a change of a resource will do. */
export interface Plan {
  /** The state after the change; the prior one when nothing changes. */
  readonly planned: Value;
  /** Arguments that cannot change in place. */
  readonly requiresReplace: readonly Path[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans a change as Terraform's SDK (v2) does, on which both vendors' providers are built. The steps
 * are the SDK's, its peculiarities included: they decide what a plan looks like.
 *
 * @param prior the state; null when the resource is to be created
 * @param proposed Terraform's merge of state and configuration; null when it is to be destroyed
 */
export async function planChange(
  resource: SchemaType,
  prior: Value,
  proposed: Value,
  configuration: ProviderConfiguration,
): Promise<Plan> {
  if (!isMap(proposed)) return { planned: proposed, requiresReplace: [], diagnostics: [] };
  const mistake = timeoutMistake(proposed);
  if (mistake !== undefined) return refused(prior, mistake);

  const { fields, type } = resource;
  const create = prior === null;
  const state = create ? undefined : stateView(fields, prior);
  const { planned: compared, diffs } = diffFields(fields, state, proposed);
  compared.set("id", identity(prior));
  const change = new ResourceChange(configuration, fields, prior, compared);
  const verdict = await judge(resource, change);
  if (verdict.refused !== undefined) return refused(prior, verdict.refused);
  const outcome = applyVerdict(compared, diffs, verdict, state);
  if (!create && !outcome.changed) return { planned: prior, requiresReplace: [], diagnostics: [] };

  const restored = restoreNulls(type, withTimeouts(type.attributes, compared), proposed, "plan");
  const planned = isMap(restored) ? copyTimeouts(restored, proposed) : restored;
  if (!create && equivalent(type, prior, planned)) {
    return { planned: prior, requiresReplace: [], diagnostics: [] };
  }
  return {
    planned: create ? markComputed(fields, planned) : planned,
    requiresReplace: replacement(outcome.replaces, attribute(planned, "id")),
    diagnostics: [],
  };
}

function refused(prior: Value, reason: string): Plan {
  return { planned: prior, requiresReplace: [], diagnostics: [failure(reason)] };
}

/** The state as the SDK keeps it: nothing in a block is null, only top-level attributes can be. */
function stateView(fields: Fields, prior: Value): Value {
  return new Map(
    [...fields].map(([name, field]) => {
      const value = attribute(prior, name);
      return [name, value === null ? null : filled(field, value, false)];
    }),
  );
}

/** Timeouts are no field; their place in the object is kept free for them. */
function withTimeouts(attributes: ReadonlyMap<string, unknown>, object: Map<string, Value>): Value {
  return new Map([...attributes.keys()].map((name) => [name, object.get(name) ?? null]));
}

/** An existing resource keeps its id, whatever else changes. */
function identity(prior: Value): Value {
  const id = attribute(prior, "id");
  return id === null || id === "" ? UNKNOWN : id;
}

/** Runs the resource's rules one after the other, up to the first refusal. */
async function judge(resource: SchemaType, change: ResourceChange): Promise<Verdict> {
  let forceNew: readonly string[] = [];
  let keep: readonly string[] = [];
  for (const rule of resource.code.planRules ?? []) {
    const verdict = await rule(change);
    if (verdict?.refused !== undefined) return verdict;
    forceNew = [...forceNew, ...(verdict?.forceNew ?? [])];
    keep = [...keep, ...(verdict?.keep ?? [])];
  }
  return { forceNew, keep };
}

function applyVerdict(
  planned: Map<string, Value>,
  diffs: ReadonlyMap<string, FieldDiff>,
  verdict: Verdict,
  state: Value | undefined,
): { changed: boolean; replaces: readonly Path[] } {
  const kept = new Set(verdict.keep);
  for (const name of kept) planned.set(name, attribute(state ?? null, name));
  const remaining = [...diffs].filter(([name]) => name !== "id" && !kept.has(name));
  const forced = remaining
    .filter(([name, diff]) => diff.changed && verdict.forceNew?.includes(name))
    .map(([name]): Path => [name]);
  return {
    changed: remaining.some(([, diff]) => diff.changed),
    replaces: [...remaining.flatMap(([, diff]) => diff.replaces), ...forced],
  };
}

/**
 * The arguments for which Terraform replaces the resource. `id` is always among them, so that
 * Terraform replaces even if `ignore_changes` hides the others.
 */
function replacement(replaces: readonly Path[], id: Value): readonly Path[] {
  if (replaces.length === 0 && id !== null && !(id instanceof Unknown)) return [];
  const distinct = new Map(replaces.map((path) => [JSON.stringify(path), path]));
  return [...distinct.values(), ["id"]];
}
