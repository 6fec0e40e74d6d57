import { failure, type Diagnostic } from "../diagnostic";
import { dotted, type Path } from "../cty/path";
import { isList, isMap, isWhollyKnown, Unknown, type Value } from "../cty/value";
import { parseCheck, type Check } from "../facts/checks";
import type { TypeFacts } from "../facts/facts";
import type { Field, Fields } from "../planning/field";
import { text } from "../planning/legacy-value";
import { Combinations } from "./combinations";
import { nullsInLists } from "./nulls";

/** Checks the configuration of a block against what is known of its type. */
export class ConfigValidator {
  private readonly checks: ReadonlyMap<string, readonly Check[]>;

  /** @throws Error when the facts hold a check that is not in the vocabulary */
  constructor(
    private readonly fields: Fields,
    private readonly facts: TypeFacts,
  ) {
    this.checks = checksByArgument(facts);
  }

  /** What is wrong with a configuration. Terraform itself has checked it against the schema. */
  validate(config: Value): Diagnostic[] {
    return [
      ...nullsInLists(config),
      ...this.validateBlock(this.fields, config, [], new Combinations(this.facts, config)),
    ];
  }

  private validateBlock(
    fields: Fields,
    block: Value,
    path: Path,
    combinations: Combinations,
  ): Diagnostic[] {
    if (!isMap(block)) return [];
    return [...fields].flatMap(([name, field]) => {
      if (!field.optional && !field.required) return [];
      const place = [...path, name];
      const mistakes = combinations.mistakes(place);
      if (mistakes.length > 0) return mistakes;
      return this.validateField(field, block.get(name) ?? null, place, combinations);
    });
  }

  private validateField(
    field: Field,
    value: Value,
    path: Path,
    combinations: Combinations,
  ): Diagnostic[] {
    const set = value !== null && !(isList(value) && field.block && value.length === 0);
    if (!set) return [];
    const deprecation = field.deprecated ? [deprecated(path)] : [];
    // What is not known yet is validated when it is.
    if (!isWhollyKnown(value)) return deprecation;
    const { shape } = field;
    if (shape.kind === "primitive") {
      return [...deprecation, ...this.validateValue(field.argument, shape.type.kind, value, path)];
    }
    if (shape.kind === "map" || !isList(value)) return deprecation;

    const size = this.sizeMistake(field.argument, value.length, path);
    if (size !== undefined) return [...deprecation, size];
    const inElements = value.flatMap((item, index) =>
      "fields" in shape
        ? this.validateBlock(shape.fields, item, [...path, index], combinations)
        : this.validateValue(`${field.argument}[]`, shape.element.kind, item, [...path, index]),
    );
    // An element of a set has no address.
    const placed =
      shape.kind === "set" ? inElements.map((d) => ({ ...d, attribute: path })) : inElements;
    return [...deprecation, ...placed];
  }

  private validateValue(argument: string, kind: string, value: Value, path: Path): Diagnostic[] {
    if (value === null || value instanceof Unknown) return [];
    // Neither vendor has an argument for fractions.
    if (kind === "number" && !Number.isInteger(Number(text(value)))) {
      return [failure(`Attribute must be a whole number, got ${text(value)}`, path)];
    }
    return (this.checks.get(argument) ?? [])
      .map((check) => check(text(value), dotted(path)))
      .filter((mistake) => mistake !== undefined)
      .map((mistake) => failure(mistake, path));
  }

  private sizeMistake(argument: string, size: number, path: Path): Diagnostic | undefined {
    const least = this.facts.minItems[argument] ?? 0;
    const most = this.facts.maxItems[argument] ?? Infinity;
    if (size > most) {
      const detail = `Attribute supports ${most} item maximum, but config has ${size} declared.`;
      return { ...failure("Too many list items", path), detail };
    }
    if (size < least) {
      const detail = `Attribute requires ${least} item minimum, but config has only ${size} declared.`;
      return { ...failure("Not enough list items", path), detail };
    }
    return undefined;
  }
}

function deprecated(path: Path): Diagnostic {
  return { severity: "warning", summary: "Argument is deprecated", attribute: path };
}

function checksByArgument(facts: TypeFacts): ReadonlyMap<string, readonly Check[]> {
  const checks = new Map<string, Check[]>();
  const add = (argument: string, check: Check): void => {
    checks.set(argument, [...(checks.get(argument) ?? []), check]);
  };
  for (const [argument, notation] of Object.entries(facts.checks)) {
    add(argument, parseCheck(notation));
  }
  for (const [argument, allowed] of Object.entries(facts.enums)) {
    add(argument, oneOf(allowed, facts.enumsCaseInsensitive.includes(argument)));
  }
  return checks;
}

function oneOf(allowed: readonly string[], anyCase: boolean): Check {
  const fold = (value: string): string => (anyCase ? value.toLowerCase() : value);
  const values = new Set(allowed.map(fold));
  return (value, name) =>
    values.has(fold(value))
      ? undefined
      : `expected ${name} to be one of [${allowed.join(" ")}], got ${value}`;
}
