import { toJson } from "../cty/json";
import type { Value } from "../cty/value";
import { failure, hasErrors, type Diagnostic } from "../diagnostic";
import type { Operation } from "../planning/apply-rules";
import { ResourceChange } from "../planning/rules";
import { withoutUnknowns } from "../planning/unknowns";
import { updateRefusal } from "../planning/update-guard";
import type { ProviderHandlers } from "../plugin/messages";
import type { SchemaType } from "../resource-type";
import { readValue, writeDiagnostics, writeValue } from "./encoding";
import type { Provider } from "./provider";
import { brokenPromises, readWorldState } from "./world-state";

interface Applied {
  readonly state: Value;
  readonly diagnostics: readonly Diagnostic[];
}

/** Creates, updates and deletes resources in the world. */
export function applyHandlers(provider: Provider): Pick<ProviderHandlers, "applyResourceChange"> {
  return {
    applyResourceChange: async ({ typeName, priorState, plannedState, config, plannedPrivate }) => {
      const resource = provider.resource(typeName);
      const { type } = resource;
      const prior = readValue(type, priorState);
      const planned = readValue(type, plannedState);
      const applied =
        planned === null
          ? await remove(provider, resource, prior)
          : await write(provider, resource, prior, planned, readValue(type, config));
      return {
        newState: writeValue(type, applied.state),
        private: plannedPrivate,
        diagnostics: writeDiagnostics(type, applied.diagnostics),
        legacyTypeSystem: true,
      };
    },
  };
}

async function remove(provider: Provider, resource: SchemaType, prior: Value): Promise<Applied> {
  const reason = refusal(provider, resource, prior, prior, "delete");
  if (reason !== undefined) return { state: prior, diagnostics: [failure(reason)] };
  const { diagnostics } = await provider.world.call("delete", {
    type: resource.name,
    configuration: provider.configuration.values,
    prior: toJson(prior),
  });
  return { state: hasErrors(diagnostics) ? prior : null, diagnostics };
}

async function write(
  provider: Provider,
  resource: SchemaType,
  prior: Value,
  planned: Value,
  config: Value,
): Promise<Applied> {
  const operation = prior === null ? "create" : "update";
  // An update that fails leaves the planned values in the state all the same: the SDK merges them
  // before the provider's code runs, and only that code could take them back.
  const afterFailure = prior === null ? null : withoutUnknowns(planned);
  const reason = refusal(provider, resource, prior, planned, operation);
  if (reason !== undefined) return { state: afterFailure, diagnostics: [failure(reason)] };

  const { state: json, diagnostics } = await provider.world.call(operation, {
    type: resource.name,
    configuration: provider.configuration.values,
    config: toJson(config),
    ...(prior === null ? {} : { prior: toJson(prior) }),
    planned: toJson(planned),
  });
  if (json === null || json === undefined) {
    if (!hasErrors(diagnostics))
      throw new Error(`the sandbox world gave no state after ${operation}`);
    return { state: afterFailure, diagnostics };
  }
  const state = readWorldState(resource, json, planned, "apply");
  if (hasErrors(diagnostics)) return { state, diagnostics };
  return { state, diagnostics: [...diagnostics, ...brokenPromises(resource, planned, state)] };
}

/** Why the provider itself does not even ask the world. */
export function refusal(
  provider: Provider,
  resource: SchemaType,
  prior: Value,
  planned: Value,
  operation: Operation,
): string | undefined {
  const change = new ResourceChange(provider.configuration, resource.fields, prior, planned);
  if (operation === "update") {
    const guarded = updateRefusal(resource, change);
    if (guarded !== undefined) return guarded;
  }
  for (const rule of resource.code.applyRules ?? []) {
    const reason = rule(change, operation, resource.facts);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
