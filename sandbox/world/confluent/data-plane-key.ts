import { Refusal } from "../refusal";
import { explainDenial, isAllowed, type Permission } from "./authorization";
import type { ConfluentCloud } from "./cloud";
import type { ApiKey } from "./objects";

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
  const problem = keyProblem(apiKey, secret, opens);
  if (apiKey === undefined || problem !== undefined) {
    throw new Refusal(401, "Unauthorized", `API key ${JSON.stringify(key)} ${problem ?? ""}`);
  }
  return apiKey.ownerId;
}

function keyProblem(
  apiKey: ApiKey | undefined,
  secret: string,
  opens: DataPlaneCall["opens"],
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
  return managedResource.environmentId === environmentId
    ? undefined
    : `is for environment ${managedResource.environmentId}, not for ${environmentId}`;
}

/** @param denial what the data plane answers when the account lacks the permission */
export function authorize(
  cloud: ConfluentCloud,
  principalId: string,
  permission: Permission,
  denial: string,
): void {
  if (!isAllowed(cloud, principalId, permission)) {
    throw new Refusal(403, denial, explainDenial(principalId, permission));
  }
}
