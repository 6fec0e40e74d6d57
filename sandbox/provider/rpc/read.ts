import { isObject, toJson } from "../cty/json";
import { isMap, type Value } from "../cty/value";
import { failure, hasErrors } from "../diagnostic";
import type { ProviderHandlers } from "../plugin/messages";
import type { SchemaType } from "../resource-type";
import { refusal } from "./apply";
import { readValue, writeDiagnostics, writeValue } from "./encoding";
import type { Provider } from "./provider";
import { readWorldState } from "./world-state";

/** Reads what is in the world: known resources, resources to import and data sources. */
export function readHandlers(
  provider: Provider,
): Pick<ProviderHandlers, "readResource" | "importResourceState" | "readDataSource"> {
  return {
    readResource: async (request) => {
      const resource = provider.resource(request.typeName);
      const { type } = resource;
      const state = readValue(type, request.currentState);
      const reason = refusal(provider, resource, state, state, "read");
      if (reason !== undefined) {
        return { diagnostics: writeDiagnostics(type, [failure(reason)]) };
      }
      const answer = await provider.world.call("read", {
        type: resource.name,
        configuration: provider.configuration.values,
        state: toJson(state),
      });
      const diagnostics = writeDiagnostics(type, answer.diagnostics);
      if (hasErrors(answer.diagnostics)) return { diagnostics };
      const found = readWorldState(resource, answer.state, state, "read");
      return { newState: writeValue(type, found), private: request.private, diagnostics };
    },
    importResourceState: async ({ typeName, id }) => {
      const resource = provider.resource(typeName);
      const { type } = resource;
      if (!resource.facts.importable) {
        const reason = failure(`resource ${typeName} doesn't support import`);
        return { diagnostics: writeDiagnostics(type, [reason]) };
      }
      const own = resource.code.importedAttributes?.(id, provider.environment) ?? {};
      if (typeof own === "string") {
        return { diagnostics: writeDiagnostics(type, [failure(own)]) };
      }
      const answer = await provider.world.call("import", {
        type: typeName,
        configuration: provider.configuration.values,
        id,
      });
      const diagnostics = writeDiagnostics(type, answer.diagnostics);
      if (hasErrors(answer.diagnostics)) return { diagnostics };
      if (!isObject(answer.state)) {
        const missing = failure(`Cannot import non-existent remote object: ${typeName} "${id}"`);
        return { diagnostics: [...diagnostics, ...writeDiagnostics(type, [missing])] };
      }
      const found = readWorldState(resource, { ...answer.state, ...own }, null, "read");
      const state = writeValue(type, found);
      return { importedResources: [{ typeName, state }], diagnostics };
    },
    readDataSource: async ({ typeName, config: message }) => {
      const source = provider.dataSource(typeName);
      const { type } = source;
      const config = readValue(type, message);
      const answer = await provider.world.call("read-data-source", {
        type: typeName,
        configuration: provider.configuration.values,
        config: toJson(config),
      });
      const diagnostics = writeDiagnostics(type, answer.diagnostics);
      if (hasErrors(answer.diagnostics)) return { diagnostics };
      const found = readWorldState(source, answer.state, config, "read");
      return { state: writeValue(type, withArguments(source, found, config)), diagnostics };
    },
  };
}

/** A data source gives back what it was asked with. */
function withArguments({ name }: SchemaType, found: Value, config: Value): Value {
  if (!isMap(found) || !isMap(config)) throw new Error(`the sandbox world found no ${name}`);
  const complete = new Map(found);
  for (const [argument, value] of config) {
    if ((found.get(argument) ?? null) === null) complete.set(argument, value);
  }
  return complete;
}
