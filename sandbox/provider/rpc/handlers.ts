import type { ProviderHandlers } from "../plugin/messages";
import { schemaMessage } from "../schema/wire";
import { applyHandlers } from "./apply";
import { configurationHandlers } from "./configure";
import { planHandlers } from "./plan";
import type { Provider } from "./provider";
import { readHandlers } from "./read";

/** Everything that Terraform may call on a provider. */
export function providerHandlers(provider: Provider): ProviderHandlers {
  return {
    getProviderSchema: () => {
      const { schema } = provider;
      return {
        provider: schemaMessage(schema.provider),
        resourceSchemas: mapValues(schema.resource_schemas ?? {}, schemaMessage),
        dataSourceSchemas: mapValues(schema.data_source_schemas ?? {}, schemaMessage),
        // Terraform asks one of a command's processes for the schema and tells it to the others.
        serverCapabilities: { getProviderSchemaOptional: true },
      };
    },
    // Nothing here can be interrupted half-way.
    stopProvider: () => ({}),
    ...configurationHandlers(provider),
    ...planHandlers(provider),
    ...applyHandlers(provider),
    ...readHandlers(provider),
  };
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
