import { fromJson } from "../cty/json";
import { failure } from "../diagnostic";
import { withEmptyBlocks } from "../planning/empty-blocks";
import { planChange } from "../planning/plan";
import type { ProviderHandlers } from "../plugin/messages";
import { readValue, writeDiagnostics, writePath, writeValue } from "./encoding";
import type { Provider } from "./provider";

/** What Terraform asks before it changes anything. */
export function planHandlers(
  provider: Provider,
): Pick<ProviderHandlers, "planResourceChange" | "upgradeResourceState"> {
  return {
    planResourceChange: async ({ typeName, priorState, proposedNewState, priorPrivate }) => {
      const resource = provider.resource(typeName);
      const { type } = resource;
      const prior = readValue(type, priorState);
      const proposed = readValue(type, proposedNewState);
      const plan = await planChange(resource, prior, proposed, provider.configuration);
      return {
        plannedState: writeValue(type, plan.planned),
        requiresReplace: plan.requiresReplace.map((path) => writePath(type, path)),
        plannedPrivate: priorPrivate,
        diagnostics: writeDiagnostics(type, plan.diagnostics),
        // Without this, Terraform refuses what the SDK makes of null and empty values.
        legacyTypeSystem: true,
      };
    },
    upgradeResourceState: ({ typeName, version = 0, rawState }) => {
      const resource = provider.resource(typeName);
      if (version !== resource.version) {
        const summary = `${typeName}: a state of version ${version} cannot be read`;
        const detail =
          `The sandbox's provider writes version ${resource.version} and upgrades no other. ` +
          "Destroy the sandbox and start it again.";
        return {
          diagnostics: writeDiagnostics(resource.type, [{ ...failure(summary), detail }]),
        };
      }
      const json: unknown = JSON.parse(Buffer.from(rawState?.json ?? []).toString("utf8"));
      const state = fromJson(resource.type, json, "dropped");
      return { upgradedState: writeValue(resource.type, withEmptyBlocks(resource.fields, state)) };
    },
  };
}
