/**
 * The messages of `protocol/messages.proto` as the program sees them. protobuf leaves out what has
 * its default, so a request's member may be missing where Terraform sent an empty one.
 */

export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

export interface AttributePathMessage {
  readonly steps: readonly AttributePathStep[];
}

export type AttributePathStep =
  | { readonly attributeName: string }
  | { readonly elementKeyString: string }
  | { readonly elementKeyInt: number };

export interface DiagnosticMessage {
  readonly severity: "ERROR" | "WARNING";
  readonly summary: string;
  readonly detail?: string;
  readonly attribute?: AttributePathMessage;
}

export interface SchemaMessage {
  readonly version: number;
  readonly block: BlockMessage;
}

export interface BlockMessage {
  readonly attributes: readonly AttributeMessage[];
  readonly blockTypes: readonly NestedBlockMessage[];
  readonly description?: string;
  readonly deprecated?: boolean;
}

export interface AttributeMessage {
  readonly name: string;
  readonly type: Uint8Array;
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

export interface NestedBlockMessage {
  readonly typeName: string;
  readonly block: BlockMessage;
  readonly nesting: "SINGLE" | "LIST" | "SET" | "MAP" | "GROUP";
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface Diagnosed {
  readonly diagnostics?: readonly DiagnosticMessage[];
}

/** Every call of the provider service, under the name it has in protocol 6. */
export interface ProviderCalls {
  getProviderSchema: {
    request: object;
    response: Diagnosed & {
      readonly provider: SchemaMessage;
      readonly resourceSchemas: Readonly<Record<string, SchemaMessage>>;
      readonly dataSourceSchemas: Readonly<Record<string, SchemaMessage>>;
      readonly serverCapabilities: { readonly getProviderSchemaOptional: boolean };
    };
  };
  validateProviderConfig: {
    request: { readonly config?: DynamicValue };
    response: Diagnosed & { readonly preparedConfig?: DynamicValue };
  };
  validateResourceConfig: {
    request: { readonly typeName: string; readonly config?: DynamicValue };
    response: Diagnosed;
  };
  validateDataResourceConfig: {
    request: { readonly typeName: string; readonly config?: DynamicValue };
    response: Diagnosed;
  };
  upgradeResourceState: {
    request: {
      readonly typeName: string;
      readonly version?: number;
      readonly rawState?: { readonly json?: Uint8Array };
    };
    response: Diagnosed & { readonly upgradedState?: DynamicValue };
  };
  configureProvider: {
    request: { readonly config?: DynamicValue };
    response: Diagnosed;
  };
  readResource: {
    request: {
      readonly typeName: string;
      readonly currentState?: DynamicValue;
      readonly private?: Uint8Array;
    };
    response: Diagnosed & { readonly newState?: DynamicValue; readonly private?: Uint8Array };
  };
  planResourceChange: {
    request: {
      readonly typeName: string;
      readonly priorState?: DynamicValue;
      readonly proposedNewState?: DynamicValue;
      readonly config?: DynamicValue;
      readonly priorPrivate?: Uint8Array;
    };
    response: Diagnosed & {
      readonly plannedState?: DynamicValue;
      readonly requiresReplace?: readonly AttributePathMessage[];
      readonly plannedPrivate?: Uint8Array;
      readonly legacyTypeSystem?: boolean;
    };
  };
  applyResourceChange: {
    request: {
      readonly typeName: string;
      readonly priorState?: DynamicValue;
      readonly plannedState?: DynamicValue;
      readonly config?: DynamicValue;
      readonly plannedPrivate?: Uint8Array;
    };
    response: Diagnosed & {
      readonly newState?: DynamicValue;
      readonly private?: Uint8Array;
      readonly legacyTypeSystem?: boolean;
    };
  };
  importResourceState: {
    request: { readonly typeName: string; readonly id: string };
    response: Diagnosed & {
      readonly importedResources?: readonly {
        readonly typeName: string;
        readonly state: DynamicValue;
      }[];
    };
  };
  readDataSource: {
    request: { readonly typeName: string; readonly config?: DynamicValue };
    response: Diagnosed & { readonly state?: DynamicValue };
  };
  stopProvider: { request: object; response: { readonly error?: string } };
}

export type ProviderCall = keyof ProviderCalls;

/** What a provider does on each call. */
export type ProviderHandlers = {
  readonly [Call in ProviderCall]: (
    request: ProviderCalls[Call]["request"],
  ) => ProviderCalls[Call]["response"] | Promise<ProviderCalls[Call]["response"]>;
};
