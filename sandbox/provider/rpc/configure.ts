import { hasErrors } from "../diagnostic";
import type { ProviderHandlers } from "../plugin/messages";
import { readValue, writeDiagnostics } from "./encoding";
import { resolveProviderBlock, withDefaults } from "./provider-block";
import type { Provider } from "./provider";

/** Validation of every kind of configuration, and the configuration of the provider itself. */
export function configurationHandlers(
  provider: Provider,
): Pick<
  ProviderHandlers,
  | "validateProviderConfig"
  | "validateResourceConfig"
  | "validateDataResourceConfig"
  | "configureProvider"
> {
  const { block, vendor, environment } = provider;
  return {
    validateProviderConfig: ({ config }) => {
      const value = withDefaults(vendor, block, readValue(block.type, config), environment);
      const diagnostics = provider.validator(block).validate(value);
      // Protocol 5 wants a prepared configuration, which Terraform then ignores.
      return { preparedConfig: config, diagnostics: writeDiagnostics(block.type, diagnostics) };
    },
    validateResourceConfig: ({ typeName, config }) => {
      const type = provider.resource(typeName);
      const diagnostics = provider.validator(type).validate(readValue(type.type, config));
      return { diagnostics: writeDiagnostics(type.type, diagnostics) };
    },
    validateDataResourceConfig: ({ typeName, config }) => {
      const type = provider.dataSource(typeName);
      const diagnostics = provider.validator(type).validate(readValue(type.type, config));
      return { diagnostics: writeDiagnostics(type.type, diagnostics) };
    },
    configureProvider: async ({ config }) => {
      const value = readValue(block.type, config);
      const configuration = resolveProviderBlock(vendor, block, value, environment);
      const mistakes = vendor.checkConfiguration(configuration);
      if (hasErrors(mistakes)) return { diagnostics: writeDiagnostics(block.type, mistakes) };
      provider.configuration = configuration;
      provider.world = vendor.connect(configuration);
      const { diagnostics } = await provider.world.call("configure", {
        configuration: configuration.values,
      });
      return { diagnostics: writeDiagnostics(block.type, [...mistakes, ...diagnostics]) };
    },
  };
}
