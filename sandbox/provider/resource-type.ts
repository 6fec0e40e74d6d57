import type { ObjectType } from "./cty/type";
import type { TypeFacts } from "./facts/facts";
import type { ApplyRule } from "./planning/apply-rules";
import { buildFields, type Fields, type SameAs } from "./planning/field";
import type { PlanRule } from "./planning/rules";
import type { TypeSchema } from "./schema/document";
import { impliedType } from "./schema/implied-type";

/** What a resource or data source type does that neither its schema nor its facts can say. */
export interface TypeCode {
  /** Blocks that the provider fills in when they are left out. */
  readonly computedBlocks?: readonly string[];
  /** One function for each argument of the fact `diffSuppress`. */
  readonly sameAs?: Readonly<Record<string, SameAs>>;
  /** Run in order when a change is planned; the first refusal ends it. */
  readonly planRules?: readonly PlanRule[];
  /** Run in order before the world is called. */
  readonly applyRules?: readonly ApplyRule[];
  /**
   * How the provider words that an update may change nothing but the allowed arguments. Needed where
   * the facts restrict updates.
   */
  readonly updateRefusal?: (id: string, allowed: readonly string[]) => string;
  /** Attributes that an import takes from the environment; text is the reason of a refusal. */
  readonly importedAttributes?: (
    id: string,
    environment: NodeJS.ProcessEnv,
  ) => Readonly<Record<string, unknown>> | string;
}

/** A resource or data source type with all that is known of it. */
export interface SchemaType {
  readonly name: string;
  readonly version: number;
  readonly type: ObjectType;
  readonly fields: Fields;
  readonly facts: TypeFacts;
  readonly code: TypeCode;
}

/**
 * Puts schema, facts and code of one type together.
 *
 * @throws Error naming the type when they contradict one another
 */
export function schemaType(
  name: string,
  schema: TypeSchema,
  facts: TypeFacts,
  code: TypeCode = {},
): SchemaType {
  try {
    if (facts.updatesAllowedOnly !== undefined && code.updateRefusal === undefined) {
      throw new Error("updates are restricted, but nothing says how the refusal is worded");
    }
    return {
      name,
      version: schema.version ?? 0,
      type: impliedType(schema.block),
      fields: buildFields(schema.block, { facts, ...code }),
      facts,
      code,
    };
  } catch (cause) {
    throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
