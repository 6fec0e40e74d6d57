import { isList } from "../cty/value";
import type { PlanRule } from "../planning/rules";

/** With OAuth in the provider block, a resource may lose its credentials block but not change it. */
export const refuseCredentialsWithOAuth: PlanRule = (change) => {
  if (!change.configuration.has("oauth") || !change.hasChange("credentials")) return undefined;
  const next = change.next("credentials");
  const removed = isList(next) && next.length === 0;
  return removed
    ? undefined
    : { refused: "error: please remove resource credentials block when OAuth is enabled" };
};
