/**
 * A constraint on one known value.
 *
 * @param value as the SDK writes it: text as it is, numbers and booleans in digits and words
 * @param name the argument as the SDK's messages write it, `owner.0.id`
 * @returns what is wrong; undefined when nothing is
 */
export type Check = (value: string, name: string) => string | undefined;

/** Constraints without parameter. */
const CHECKS: Readonly<Record<string, Check>> = {
  nonEmpty: (value, name) =>
    value === "" ? `expected "${name}" to not be an empty string, got ${value}` : undefined,
  "url http|https": matching(/^https?:\/\/[^/]/, "must be a URL with scheme http or https"),
  ip: matching(/^(\d{1,3}(\.\d{1,3}){3}|[\da-fA-F:]*:[\da-fA-F:]*)$/, "must be an IP address"),
  "port or 0": (value, name) => outside(value, name, 0, 65_535),
};

/** Constraints of the form `<word>:<parameter>`. */
const PARAMETRIC_CHECKS: Readonly<Record<string, (parameter: string) => Check>> = {
  regex: (pattern) => matching(new RegExp(pattern), `must match pattern ${pattern}`),
  prefix: (prefixes) => {
    const allowed = prefixes.split("|");
    return (value, name) =>
      allowed.some((prefix) => value.startsWith(prefix))
        ? undefined
        : invalid(name, `must start with '${allowed.join("' or '")}'`);
  },
  suffix: (suffixes) => {
    const allowed = suffixes.split("|");
    return (value, name) =>
      allowed.some((suffix) => value.endsWith(suffix))
        ? undefined
        : invalid(name, `must end with '${allowed.join("' or '")}'`);
  },
  min: (parameter) => {
    const least = number(parameter);
    return (value, name) =>
      Number(value) < least
        ? `expected ${name} to be at least (${least}), got ${value}`
        : undefined;
  },
  range: (parameter) => {
    const [from, to] = bounds(parameter);
    return (value, name) => outside(value, name, from, to);
  },
  length: (parameter) => {
    const [from, to] = bounds(parameter);
    return (value, name) =>
      value.length < from || value.length > to
        ? `expected length of ${name} to be in the range (${from} - ${to}), got ${value}`
        : undefined;
  },
  identifier: (kind) => {
    const parts = IDENTIFIER_PARTS[kind];
    if (parts === undefined) throw new Error(`"${kind}" is not a kind of identifier`);
    const part = '("[^"]+"|[^".]+)';
    const pattern = new RegExp(`^${Array<string>(parts).fill(part).join("\\.")}$`);
    return matching(pattern, `must be an identifier of ${parts} parts separated by dots`);
  },
};

/** Snowflake's kinds of identifier and how many names each joins. */
const IDENTIFIER_PARTS: Readonly<Record<string, number>> = {
  account: 2,
  DatabaseObjectIdentifier: 2,
  SchemaObjectIdentifier: 3,
};

/**
 * Reads a constraint in the behaviour documents' vocabulary: `nonEmpty`, `prefix:u-|sa-`,
 * `regex:^http`, `min:1`, `range:0..90`, `length:1..60` …
 *
 * @throws Error when the vocabulary does not have it: an ignored constraint would let a mistake
 * through that the real provider catches
 */
export function parseCheck(notation: string): Check {
  const check = CHECKS[notation];
  if (check !== undefined) return check;
  const colon = notation.indexOf(":");
  const parametric = PARAMETRIC_CHECKS[notation.slice(0, Math.max(colon, 0))];
  if (parametric === undefined) throw new Error(`"${notation}" is not a known check`);
  return parametric(notation.slice(colon + 1));
}

function matching(pattern: RegExp, demand: string): Check {
  return (value, name) => (pattern.test(value) ? undefined : invalid(name, demand));
}

function invalid(name: string, demand: string): string {
  return `invalid value for ${name} (${demand})`;
}

function outside(value: string, name: string, from: number, to: number): string | undefined {
  return Number(value) < from || Number(value) > to
    ? `expected ${name} to be in the range (${from} - ${to}), got ${value}`
    : undefined;
}

function bounds(parameter: string): [number, number] {
  const [from = "", to = ""] = parameter.split("..");
  return [number(from), number(to)];
}

function number(text: string): number {
  const parsed = Number(text);
  if (text === "" || !Number.isFinite(parsed)) throw new Error(`"${text}" is not a number`);
  return parsed;
}
