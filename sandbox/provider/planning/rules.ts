import { attribute, isList, isMap, Unknown, type Value } from "../cty/value";
import type { ProviderConfiguration } from "../configuration";
import type { Field, Fields } from "./field";
import { filled, same, text, withoutUnknown } from "./legacy-value";

/** What a rule decides about a change; nothing when the change is as the schema has it. */
export interface Verdict {
  /** The change is refused, for this reason. */
  readonly refused?: string;
  /** Top-level arguments whose change replaces the resource this time. */
  readonly forceNew?: readonly string[];
  /** Top-level arguments that keep the value they have. */
  readonly keep?: readonly string[];
}

/** Code of one resource type that runs when a change is planned: the SDK's CustomizeDiff. */
export type PlanRule = (
  change: ResourceChange,
) => Verdict | undefined | Promise<Verdict | undefined>;

/**
 * A change of a resource as rules see it: nothing in it is null or unknown, both read as the zero
 * value of their type.
 */
export class ResourceChange {
  /** Empty while the resource does not exist. */
  readonly id: string;

  constructor(
    readonly configuration: ProviderConfiguration,
    private readonly fields: Fields,
    private readonly prior: Value,
    private readonly planned: Value,
  ) {
    this.id = text(attribute(prior, "id"));
  }

  /** The value in the state. */
  old(name: string): Value {
    return this.view(this.prior, name);
  }

  /** The value after the change. */
  next(name: string): Value {
    return this.view(this.planned, name);
  }

  /** The member of a block that can be there once, empty without the block. */
  nextInBlock(block: string, name: string): string {
    const elements = this.next(block);
    const value = isList(elements) ? attribute(elements[0] ?? null, name) : null;
    return typeof value === "string" ? value : "";
  }

  /** Whether the argument, taken as a whole, changes. */
  hasChange(name: string): boolean {
    return !same(this.field(name), this.old(name), this.next(name));
  }

  /** Top-level arguments that change, in the schema's order. */
  changes(): string[] {
    return [...this.fields.keys()].filter((name) => name !== "id" && this.hasChange(name));
  }

  private view(object: Value, name: string): Value {
    const value = isMap(object) ? object.get(name) : undefined;
    const field = this.field(name);
    return withoutUnknown(field, filled(field, value instanceof Unknown ? null : value, false));
  }

  private field(name: string): Field {
    const field = this.fields.get(name);
    if (field === undefined) throw new Error(`${name}: there is no such argument`);
    return field;
  }
}
