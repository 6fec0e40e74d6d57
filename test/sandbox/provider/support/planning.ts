import { ProviderConfiguration } from "../../../../sandbox/provider/configuration";
import { isObject, toJson } from "../../../../sandbox/provider/cty/json";
import { dotted } from "../../../../sandbox/provider/cty/path";
import { Unknown, type MapValue, type Value } from "../../../../sandbox/provider/cty/value";
import { typeFacts } from "../../../../sandbox/provider/facts/facts";
import { planChange } from "../../../../sandbox/provider/planning/plan";
import {
  schemaType,
  type SchemaType,
  type TypeCode,
} from "../../../../sandbox/provider/resource-type";
import type { BlockSchema } from "../../../../sandbox/provider/schema/document";

/** Arguments that every example of a test may use. */
export const required = { type: "string", required: true } as const;
export const optional = { type: "string", optional: true } as const;
export const optionalComputed = { type: "string", optional: true, computed: true } as const;
export const computed = { type: "string", computed: true } as const;

/** A resource type made up for one example; it has an `id` like every resource of the SDK. */
export function exampleType(
  block: BlockSchema,
  facts: object = {},
  code: TypeCode = {},
): SchemaType {
  const attributes = { ...block.attributes, id: optionalComputed };
  return schemaType(
    "example",
    { block: { ...block, attributes } },
    typeFacts(facts, "example"),
    code,
  );
}

/** A value from JSON in which unknown values stand as they are. */
export function value(json: unknown): Value {
  if (json instanceof Unknown) return json;
  if (Array.isArray(json)) return json.map(value);
  if (isObject(json)) return new Map(Object.entries(json).map(([key, item]) => [key, value(item)]));
  if (json === null || ["string", "number", "boolean"].includes(typeof json)) return json as Value;
  throw new Error(`${typeof json} is no value`);
}

/** An object of a type: what is left out is null, or empty for a block. */
export function objectOf(type: SchemaType, json: Readonly<Record<string, unknown>>): MapValue {
  const stranger = Object.keys(json).find((name) => !type.type.attributes.has(name));
  if (stranger !== undefined) throw new Error(`the example type has no ${stranger}`);
  return new Map(
    [...type.type.attributes.keys()].map((name) => {
      const absent = type.fields.get(name)?.block === true ? [] : null;
      return [name, value(json[name] ?? absent)];
    }),
  );
}

export interface PlannedExample {
  readonly planned: unknown;
  /** Without `id`, which is always among them. */
  readonly replaces: readonly string[];
  readonly refused: readonly string[];
}

/**
 * Plans a change.
 *
 * @param prior the state; null: the resource is new
 * @param proposed the state that Terraform proposes
 * @param configuration the provider block
 */
export async function planExample(
  type: SchemaType,
  prior: Readonly<Record<string, unknown>> | null,
  proposed: Readonly<Record<string, unknown>>,
  configuration: Readonly<Record<string, unknown>> = {},
): Promise<PlannedExample> {
  const state = prior === null ? null : objectOf(type, { id: "id-1", ...prior });
  const next = objectOf(type, prior === null ? proposed : { id: "id-1", ...proposed });
  const plan = await planChange(type, state, next, new ProviderConfiguration(configuration));
  return {
    planned: toJson(plan.planned),
    replaces: plan.requiresReplace.map(dotted).filter((path) => path !== "id"),
    refused: plan.diagnostics.map(({ summary }) => summary),
  };
}
