import { parseType, type CtyType, type PrimitiveType } from "../cty/type";
import type { Value } from "../cty/value";
import type { TypeFacts } from "../facts/facts";
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "../schema/document";

/**
 * Whether two values of an argument count as the same although they are written differently: the
 * SDK's DiffSuppressFunc. Both come as text; an absent value is empty.
 */
export type SameAs = (old: string, next: string) => boolean;

/**
 * An argument or a block the way Terraform's SDK (v2) sees both: one kind of thing with flags. What
 * the schema document cannot say of it comes from the facts and from the resource's own code.
 */
export interface Field {
  readonly name: string;
  /** Name from the root without indices, as the facts write it. */
  readonly argument: string;
  readonly shape: Shape;
  /** Whether it is written as a block: a block is never null, only empty. */
  readonly block: boolean;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly deprecated: boolean;
  readonly forceNew: boolean;
  readonly default?: Value;
  readonly sameAs?: SameAs;
}

export type Fields = ReadonlyMap<string, Field>;

export type Shape =
  | { readonly kind: "primitive"; readonly type: PrimitiveType }
  | { readonly kind: "map"; readonly element: PrimitiveType }
  | { readonly kind: "list" | "set"; readonly element: PrimitiveType }
  | { readonly kind: "list" | "set"; readonly fields: Fields };

/** What a resource's code adds to its facts. */
export interface FieldKnowledge {
  readonly facts: TypeFacts;
  /** Blocks that are computed when they are left out; the schema document does not show it. */
  readonly computedBlocks?: readonly string[];
  /** One function for each argument of the fact `diffSuppress`. */
  readonly sameAs?: Readonly<Record<string, SameAs>>;
}

/** The one block that the SDK handles apart from all others. */
export const TIMEOUTS = "timeouts";

/**
 * Combines a type's schema with what is known beyond it.
 *
 * @throws Error when the facts name an argument that the schema does not have, or an argument with
 * suppressed differences has no function
 */
export function buildFields(block: BlockSchema, knowledge: FieldKnowledge): Fields {
  const builder = new FieldBuilder(knowledge);
  const fields = builder.fieldsOf(block, "");
  builder.refuseUnusedNames();
  return fields;
}

class FieldBuilder {
  private readonly seen = new Set<string>();
  private readonly facts: TypeFacts;

  constructor(private readonly knowledge: FieldKnowledge) {
    this.facts = knowledge.facts;
  }

  fieldsOf(block: BlockSchema, prefix: string): Fields {
    const fields = new Map<string, Field>();
    for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
      fields.set(name, this.attributeField(name, prefix, attribute));
    }
    for (const [name, nested] of Object.entries(block.block_types ?? {})) {
      if (name !== TIMEOUTS) fields.set(name, this.blockField(name, prefix, nested));
    }
    return fields;
  }

  private attributeField(name: string, prefix: string, attribute: AttributeSchema): Field {
    const argument = prefix + name;
    const { optional = false, computed = false } = attribute;
    return {
      ...this.common(name, argument),
      shape: this.shapeOf(parseType(attribute.type), argument, computed && !optional),
      block: false,
      required: attribute.required ?? false,
      optional,
      computed,
      deprecated: attribute.deprecated ?? false,
    };
  }

  private blockField(name: string, prefix: string, nested: NestedBlockSchema): Field {
    const argument = prefix + name;
    const kind = nested.nesting_mode;
    if (kind !== "list" && kind !== "set") {
      throw new Error(`${argument}: blocks of nesting mode "${kind}" cannot be planned`);
    }
    return {
      ...this.common(name, argument),
      shape: { kind, fields: this.fieldsOf(nested.block, `${argument}.`) },
      block: true,
      required: (nested.min_items ?? 0) > 0,
      optional: (nested.min_items ?? 0) === 0,
      computed: this.knowledge.computedBlocks?.includes(argument) ?? false,
      deprecated: nested.block.deprecated ?? false,
    };
  }

  private common(
    name: string,
    argument: string,
  ): Pick<Field, "name" | "argument" | "forceNew" | "default" | "sameAs"> {
    this.seen.add(argument).add(`${argument}[]`);
    const sameAs = this.knowledge.sameAs?.[argument];
    if (this.facts.diffSuppress.includes(argument) !== (sameAs !== undefined)) {
      throw new Error(`${argument}: the fact diffSuppress and the functions for it disagree`);
    }
    return {
      name,
      argument,
      forceNew: this.facts.forceNew.includes(argument),
      default: this.facts.defaults[argument],
      sameAs,
    };
  }

  private shapeOf(type: CtyType, argument: string, output: boolean): Shape {
    switch (type.kind) {
      case "string":
      case "number":
      case "bool":
        return { kind: "primitive", type };
      case "map":
        return { kind: "map", element: primitive(type.element, argument) };
      case "list":
      case "set":
        return type.element.kind === "object" && output
          ? { kind: type.kind, fields: this.outputFields(type.element.attributes, argument) }
          : { kind: type.kind, element: primitive(type.element, argument) };
      default:
        throw new Error(`${argument}: an attribute of type ${type.kind} cannot be planned`);
    }
  }

  /** The fields of objects that only the provider writes. */
  private outputFields(attributes: ReadonlyMap<string, CtyType>, prefix: string): Fields {
    return new Map(
      [...attributes].map(([name, type]) => {
        const argument = `${prefix}.${name}`;
        const field: Field = {
          name,
          argument,
          shape: this.shapeOf(type, argument, true),
          block: false,
          required: false,
          optional: false,
          computed: true,
          deprecated: false,
          forceNew: false,
        };
        return [name, field];
      }),
    );
  }

  refuseUnusedNames(): void {
    const { facts, computedBlocks = [], sameAs = {} } = this.knowledge;
    const named = [
      ...[facts.forceNew, facts.diffSuppress, facts.enumsCaseInsensitive, computedBlocks].flat(),
      ...[
        facts.defaults,
        facts.enums,
        facts.checks,
        facts.minItems,
        facts.maxItems,
        sameAs,
      ].flatMap((record) => Object.keys(record)),
    ];
    const unknown = named.find((argument) => !this.seen.has(argument));
    if (unknown !== undefined) throw new Error(`${unknown}: there is no such argument`);
  }
}

function primitive(type: CtyType, argument: string): PrimitiveType {
  if (type.kind === "string" || type.kind === "number" || type.kind === "bool") return type;
  throw new Error(`${argument}: elements of type ${type.kind} cannot be planned`);
}
