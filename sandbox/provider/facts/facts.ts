import { readFileSync } from "node:fs";
import { isObject } from "../cty/json";

/**
 * What a provider does with one type beyond its schema, read from its source: the content of a
 * behaviour document's entry. Arguments are named without indices, `managed_resource.id`; the
 * elements of a list attribute have the suffix `[]`.
 */
export interface TypeFacts {
  /** Arguments whose change replaces the resource. */
  readonly forceNew: readonly string[];
  /** Values of arguments that are left out. */
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
  /** Allowed values. */
  readonly enums: Readonly<Record<string, readonly string[]>>;
  /** Arguments of {@link enums} that take the values in any case. */
  readonly enumsCaseInsensitive: readonly string[];
  /** Other constraints on single values, in the vocabulary of `checks.ts`. */
  readonly checks: Readonly<Record<string, string>>;
  readonly minItems: Readonly<Record<string, number>>;
  readonly maxItems: Readonly<Record<string, number>>;
  /** Argument → arguments that must not be set beside it. */
  readonly conflicts: Readonly<Record<string, readonly string[]>>;
  /** Argument → arguments that must be set beside it. */
  readonly requiredWith: Readonly<Record<string, readonly string[]>>;
  /** Groups of arguments of which one must be set. */
  readonly exactlyOneOf: readonly (readonly string[])[];
  readonly atLeastOneOf: readonly (readonly string[])[];
  /** Arguments for which some differing values count as the same. */
  readonly diffSuppress: readonly string[];
  /** The only arguments that an update may change; absent: no such guard. */
  readonly updatesAllowedOnly?: readonly string[];
  /** Arguments whose change is planned in place and then refused. */
  readonly plannedInPlaceButRefused: readonly string[];
  /** Topic settings that can change after creation. */
  readonly editableSettings: readonly string[];
  /** Shapes of the id that an import takes. */
  readonly importFormat: readonly string[];
  readonly importable: boolean;
  readonly updatable: boolean;
  /** Arguments of the provider block that fall back to an environment variable. */
  readonly defaultFuncs: readonly string[];
}

/** Facts that are known but not acted upon, with the reason. */
const WITHOUT_EFFECT = new Set([
  "customizeDiff", // says that there is code; the rules themselves are written per resource
  "deprecated", // the schema document has the flag
  "schemaVersion", // the schema document has it
  "stateFunc", // values are kept as they are configured
  "timeouts", // nothing here takes long
]);

type Reader<T> = (value: unknown) => value is T;

const isText: Reader<string> = (value) => typeof value === "string";
const isNumber: Reader<number> = (value) => typeof value === "number";
const isFlag: Reader<boolean> = (value) => typeof value === "boolean";
const isTexts: Reader<readonly string[]> = (value) => Array.isArray(value) && value.every(isText);
const isGroups: Reader<readonly (readonly string[])[]> = (value) =>
  Array.isArray(value) && value.every(isTexts);
const isScalar: Reader<string | number | boolean> = (value) =>
  isText(value) || isNumber(value) || isFlag(value);

function recordOf<T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every(reader);
}

/** Facts of a type of which nothing is known beyond its schema. */
export const NO_FACTS: TypeFacts = {
  forceNew: [],
  defaults: {},
  enums: {},
  enumsCaseInsensitive: [],
  checks: {},
  minItems: {},
  maxItems: {},
  conflicts: {},
  requiredWith: {},
  exactlyOneOf: [],
  atLeastOneOf: [],
  diffSuppress: [],
  plannedInPlaceButRefused: [],
  editableSettings: [],
  importFormat: [],
  importable: true,
  updatable: true,
  defaultFuncs: [],
};

const READERS: { readonly [Fact in keyof TypeFacts]-?: Reader<NonNullable<TypeFacts[Fact]>> } = {
  forceNew: isTexts,
  defaults: recordOf(isScalar),
  enums: recordOf(isTexts),
  enumsCaseInsensitive: isTexts,
  checks: recordOf(isText),
  minItems: recordOf(isNumber),
  maxItems: recordOf(isNumber),
  conflicts: recordOf(isTexts),
  requiredWith: recordOf(isTexts),
  exactlyOneOf: isGroups,
  atLeastOneOf: isGroups,
  diffSuppress: isTexts,
  updatesAllowedOnly: isTexts,
  plannedInPlaceButRefused: isTexts,
  editableSettings: isTexts,
  importFormat: isTexts,
  importable: isFlag,
  updatable: isFlag,
  defaultFuncs: isTexts,
};

/** The facts of a behaviour document by its keys: `provider`, a resource type, `data.<type>`. */
export type BehaviourDocument = ReadonlyMap<string, TypeFacts>;

/**
 * Loads a behaviour document.
 *
 * @throws Error naming entry and key when a fact is unknown or not of its kind: a fact that nobody
 * acts upon would make the provider quietly more lenient than the real one
 */
export function loadBehaviour(file: string): BehaviourDocument {
  const document: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isObject(document)) throw new Error(`${file} must be an object of facts by type`);
  return new Map(
    Object.entries(document).map(([type, facts]) => [type, typeFacts(facts, `${file}: ${type}`)]),
  );
}

/** Checks the facts of one type. `place` names them in messages. */
export function typeFacts(facts: unknown, place: string): TypeFacts {
  if (!isObject(facts)) throw new Error(`${place} must be an object of facts`);
  for (const [name, value] of Object.entries(facts)) {
    if (WITHOUT_EFFECT.has(name)) continue;
    if (!isFactName(name)) throw new Error(`${place}.${name}: there is no such fact`);
    if (!READERS[name](value)) {
      throw new Error(`${place}.${name} has an unexpected form: ${JSON.stringify(value)}`);
    }
  }
  return { ...NO_FACTS, ...facts };
}

function isFactName(name: string): name is keyof TypeFacts {
  return Object.hasOwn(READERS, name);
}
