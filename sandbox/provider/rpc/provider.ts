import { join } from "node:path";
import { UNCONFIGURED, type ProviderConfiguration } from "../configuration";
import { NO_FACTS, loadBehaviour, type TypeFacts } from "../facts/facts";
import { projectRoot } from "../project-root";
import { schemaType, type SchemaType, type TypeCode } from "../resource-type";
import { loadProviderSchema, type ProviderSchema, type TypeSchema } from "../schema/document";
import { ConfigValidator } from "../validation/validate";
import type { Vendor } from "../vendor";
import { NoWorld } from "../world/no-world";
import type { World } from "../world/world";

/** A vendor's provider with everything that is loaded from its package. */
export class Provider {
  readonly schema: ProviderSchema;
  readonly block: SchemaType;
  readonly resources: ReadonlyMap<string, SchemaType>;
  readonly dataSources: ReadonlyMap<string, SchemaType>;
  /** As Terraform configured the provider; the validation of a configuration happens before that. */
  configuration: ProviderConfiguration = UNCONFIGURED;
  world: World = new NoWorld("the provider is not configured", "This is a defect of Terraform.");
  private readonly validators = new Map<SchemaType, ConfigValidator>();

  /**
   * Loads schema and facts of a vendor.
   *
   * @param environment from which the provider block's arguments are completed
   * @throws Error when schema, facts and code contradict one another
   */
  constructor(
    readonly vendor: Vendor,
    readonly environment: NodeJS.ProcessEnv = process.env,
  ) {
    const directory = join(projectRoot(), "packages", `provider-${vendor.name}`);
    this.schema = loadProviderSchema(join(directory, "schema.json"), vendor.source);
    const facts = loadBehaviour(join(directory, "behaviour.json"));
    const types = (
      schemas: Readonly<Record<string, TypeSchema>> = {},
      code: Readonly<Record<string, TypeCode>>,
      prefix: string,
    ): ReadonlyMap<string, SchemaType> => {
      refuseUnknownTypes(Object.keys(code), schemas);
      return new Map(
        Object.entries(schemas).map(([name, schema]) => {
          const own = facts.get(prefix + name) ?? NO_FACTS;
          return [name, schemaType(name, schema, own, withUsualSameAs(vendor, own, code[name]))];
        }),
      );
    };
    this.resources = types(this.schema.resource_schemas, vendor.resources, "");
    this.dataSources = types(this.schema.data_source_schemas, vendor.dataSources, "data.");
    this.block = schemaType("provider", this.schema.provider, facts.get("provider") ?? NO_FACTS);
    for (const type of [this.block, ...this.resources.values(), ...this.dataSources.values()]) {
      this.validators.set(type, new ConfigValidator(type.fields, type.facts));
    }
  }

  resource(name: string): SchemaType {
    return known(this.resources, name);
  }

  dataSource(name: string): SchemaType {
    return known(this.dataSources, name);
  }

  validator(type: SchemaType): ConfigValidator {
    const validator = this.validators.get(type);
    if (validator === undefined) throw new Error(`${type.name} is not of this provider`);
    return validator;
  }
}

/** The code of a type, with the vendor's usual comparison where it has none of its own. */
function withUsualSameAs(vendor: Vendor, facts: TypeFacts, code: TypeCode = {}): TypeCode {
  const { usualSameAs } = vendor;
  if (usualSameAs === undefined) return code;
  const usual = Object.fromEntries(
    facts.diffSuppress.map((argument) => [argument, usualSameAs(argument, facts)] as const),
  );
  return { ...code, sameAs: { ...usual, ...code.sameAs } };
}

function known(types: ReadonlyMap<string, SchemaType>, name: string): SchemaType {
  const type = types.get(name);
  if (type === undefined) throw new Error(`the provider has no type ${name}`);
  return type;
}

function refuseUnknownTypes(names: readonly string[], schemas: object): void {
  const unknown = names.find((name) => !Object.hasOwn(schemas, name));
  if (unknown !== undefined) throw new Error(`there is code for ${unknown}, but no schema`);
}
