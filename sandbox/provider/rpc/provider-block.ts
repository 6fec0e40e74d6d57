import { ProviderConfiguration } from "../configuration";
import { toJson } from "../cty/json";
import type { PrimitiveType } from "../cty/type";
import { isMap, isWhollyKnown, type Value } from "../cty/value";
import type { SchemaType } from "../resource-type";
import type { Vendor } from "../vendor";

/**
 * Resolves a provider block as the SDK does: the configuration first, then the environment, then the
 * default. An argument that is not known yet counts as absent, and so does empty text.
 */
export function resolveProviderBlock(
  vendor: Vendor,
  block: SchemaType,
  config: Value,
  environment: NodeJS.ProcessEnv,
): ProviderConfiguration {
  const given = withDefaults(vendor, block, config, environment);
  const known = [...given].filter(([, value]) => value !== null && isWhollyKnown(value));
  return new ProviderConfiguration(
    Object.fromEntries(known.map(([name, value]) => [name, toJson(value)])),
  );
}

/** The provider block with environment and defaults in the place of what is absent. */
export function withDefaults(
  vendor: Vendor,
  { fields, facts }: SchemaType,
  config: Value,
  environment: NodeJS.ProcessEnv,
): ReadonlyMap<string, Value> {
  const resolved = new Map<string, Value>();
  for (const [name, field] of fields) {
    const configured = isMap(config) ? (config.get(name) ?? null) : null;
    const variableName = facts.defaultFuncs.includes(name)
      ? vendor.environmentVariable(name)
      : vendor.sandboxVariables[name];
    const variable = variableName === undefined ? undefined : environment[variableName];
    const fromEnvironment =
      variable && field.shape.kind === "primitive" ? parse(field.shape.type, variable) : null;
    resolved.set(name, configured ?? fromEnvironment ?? field.default ?? null);
  }
  return resolved;
}

/** A variable holds text; what does not parse stays text, for the validation to refuse. */
function parse(type: PrimitiveType, text: string): Value {
  if (type.kind === "number" && /^-?\d+$/.test(text)) return Number(text);
  if (type.kind === "bool" && /^(true|false|1|0)$/i.test(text)) return /^(true|1)$/i.test(text);
  return text;
}
