import { fromJson } from "../cty/json";
import { isMap, isWhollyKnown, Unknown, type Value } from "../cty/value";
import { failure, type Diagnostic } from "../diagnostic";
import { withEmptyBlocks } from "../planning/empty-blocks";
import { equivalent } from "../planning/equivalent";
import { filled, text } from "../planning/legacy-value";
import { restoreNulls, type Step } from "../planning/normalize-nulls";
import { copyTimeouts } from "../planning/timeouts";
import type { SchemaType } from "../resource-type";

/**
 * Reads the state of an object that the world gave.
 *
 * @param reference the value that the world worked from, whose empty values and timeouts it keeps
 * @throws Error when the world's answer does not fit the schema or is not wholly known: a mistake of
 * the world, not of the user
 */
export function readWorldState(
  resource: SchemaType,
  json: unknown,
  reference: Value,
  step: Step,
): Value {
  const { type, fields } = resource;
  let state: Value;
  try {
    state = fromJson(type, json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `the sandbox world answered with a state that is no ${resource.name}: ${reason}`,
      {
        cause,
      },
    );
  }
  if (!isWhollyKnown(state)) {
    throw new Error(`the sandbox world left values of the ${resource.name} unknown`);
  }
  // An object that is gone: the SDK says so before it looks at what was lost on the way.
  if (state === null && step === "read") return null;
  const restored = restoreNulls(type, withEmptyBlocks(fields, state), reference, step);
  return isMap(restored) ? copyTimeouts(restored, reference) : restored;
}

/** One error for each argument that the world gave another value than was planned. */
export function brokenPromises(resource: SchemaType, planned: Value, state: Value): Diagnostic[] {
  if (!isMap(planned) || !isMap(state)) return [];
  return [...resource.fields.values()]
    .filter((field) => field.optional || field.required)
    .flatMap((field) => {
      const promised = planned.get(field.name) ?? null;
      const kept = state.get(field.name) ?? null;
      const type = resource.type.attributes.get(field.name);
      if (type === undefined || promised === null || !isWhollyKnown(promised)) return [];
      if (equivalent(type, filled(field, promised, false), filled(field, kept, false))) return [];
      const suppressed = !(kept instanceof Unknown) && field.sameAs?.(text(promised), text(kept));
      if (suppressed === true) return [];
      return [
        failure(`the sandbox world changed ${resource.name}.${field.name} from what was planned`, [
          field.name,
        ]),
      ];
    });
}
