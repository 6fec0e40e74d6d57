import { Refusal } from "../refusal";
import { explainDenial, isAllowed, type Permission } from "./authorization";
import type { ConfluentCloud } from "./cloud";
import type { ApiKey } from "./objects";
import { API_KEY_DELAY, countsFrom, hasPropagated } from "./propagation";

/** The credential of a data-plane call, and what it must open. */
export interface DataPlaneCall {
  readonly key: string;
  readonly secret: string;
  /** Id of a cluster, registry or region; for a region also the environment, since a key opens it in one only. */
  readonly opens: { readonly id: string; readonly environmentId?: string };
}

/**
 * The account that a call is made as. The key must exist now: a deleted one fails at once, whatever Terraform still has
 * in a state or a secret.
 */
export function authenticate(cloud: ConfluentCloud, { key, secret, opens }: DataPlaneCall): string {
  const apiKey = cloud.apiKeys.get(key);
  const problem = keyProblem(cloud, apiKey, { secret, opens });
  if (apiKey === undefined || problem !== undefined) {
    throw new Refusal(401, "Unauthorized", `API key ${JSON.stringify(key)} ${problem ?? ""}`);
  }
  return apiKey.ownerId;
}

function keyProblem(
  cloud: ConfluentCloud,
  apiKey: ApiKey | undefined,
  { secret, opens }: Pick<DataPlaneCall, "secret" | "opens">,
): string | undefined {
  if (apiKey === undefined) {
    return "does not exist";
  }
  if (apiKey.secret !== secret) {
    return "has another secret";
  }
  const { managedResource } = apiKey;
  if (managedResource === undefined) {
    return `is a cloud key, not one for ${opens.id}`;
  }
  if (managedResource.id !== opens.id) {
    return `is for ${managedResource.id}, not for ${opens.id}`;
  }
  const { environmentId = managedResource.environmentId } = opens;
  if (managedResource.environmentId !== environmentId) {
    return `is for environment ${managedResource.environmentId}, not for ${environmentId}`;
  }
  return hasPropagated(cloud.clock, apiKey, API_KEY_DELAY)
    ? undefined
    : `opens ${opens.id} from ${countsFrom(apiKey, API_KEY_DELAY)} on`;
}

/** @param denial what the data plane answers when the account lacks the permission */
export function authorize(
  cloud: ConfluentCloud,
  principalId: string,
  permission: Permission,
  denial: string,
): void {
  if (!isAllowed(cloud, principalId, permission)) {
    throw new Refusal(403, denial, explainDenial(cloud, principalId, permission));
  }
}
