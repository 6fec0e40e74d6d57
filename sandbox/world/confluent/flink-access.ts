import { ProviderRefusal, Refusal } from "../refusal";
import { blocks, idIn, known, text, type TerraformObject } from "../values";
import type { ConfluentCloud } from "./cloud";
import { authenticate, authorize } from "./data-plane-key";
import { dataPlaneArguments, hostOf, ownArguments, requiredId } from "./data-plane-access";
import { environmentOf } from "./environment";
import { flinkEndpoint, flinkRegions, type FlinkRegion } from "./flink-regions";
import { reference } from "./managed-resource";
import type { FlinkComputePool } from "./objects";
import { regionId, serviceAccountCrn, statementCrn } from "./resource-names";

/** In the provider block they count only together, and then the resource's own are not looked at. */
const providerArguments = [
  "flink_api_key",
  "flink_api_secret",
  "flink_rest_endpoint",
  "organization_id",
  "environment_id",
  "flink_compute_pool_id",
  "flink_principal_id",
];

/** Blocks of a resource that say what the provider block may say as well. */
const callBlocks = ["organization", "environment", "compute_pool", "principal"];

/** A caller of Flink's SQL API whose key was accepted. */
export interface FlinkCaller {
  readonly environmentId: string;
  /** Pool and principal that a statement gets: the provider block's, even where the resource names others. */
  readonly pool: FlinkComputePool;
  readonly principalId: string;
  /**
   * What the state says about the call. With the call's arguments in the provider block the provider leaves the
   * resource's blocks as they are, right or wrong.
   *
   * @param actual the blocks `compute_pool` and `principal` as they really are
   */
  blocks(resource: TerraformObject, actual: TerraformObject): TerraformObject;
  /** @throws Refusal when the key's owner may not do that with the statement */
  requireStatement(name: string, operation: string): void;
  /** @throws Refusal when the key's owner may not let statements run as the principal */
  requireAssignable(): void;
}

export function flinkCaller(
  cloud: ConfluentCloud,
  provider: TerraformObject,
  resource: TerraformObject,
): FlinkCaller {
  const call = dataPlaneArguments(provider, resource, "flink", providerArguments);
  // Without all seven the provider looks at none of its own.
  const block = call.fromProvider ? provider : {};
  const organizationId = requiredId(block, "organization_id", resource, "organization");
  const environmentId = requiredId(block, "environment_id", resource, "environment");
  const principalId = requiredId(block, "flink_principal_id", resource, "principal");
  const region = regionOf(call.restEndpoint);
  const submitterId = authenticate(cloud, {
    ...call,
    opens: { id: regionId(region), environmentId },
  });
  if (organizationId !== cloud.organizationId) {
    throw new Refusal(404, "Resource Not Found", `organization ${organizationId} does not exist`);
  }
  environmentOf(cloud, environmentId);
  const poolId = text(block, "flink_compute_pool_id") || idIn(resource, "compute_pool");
  const pool = poolOf(cloud, region, environmentId, poolId);
  return {
    environmentId,
    pool,
    principalId,
    blocks: (given, actual) =>
      call.fromProvider
        ? Object.fromEntries(callBlocks.map((name) => [name, blocks(known(given), name)]))
        : {
            ...ownArguments(call),
            organization: reference(organizationId),
            environment: reference(environmentId),
            ...actual,
          },
    requireStatement(name, operation) {
      const crn = statementCrn(cloud, pool, name);
      authorize(cloud, submitterId, { operation, crn }, "Forbidden Access");
    },
    requireAssignable() {
      const crn = serviceAccountCrn(cloud, principalId);
      if (principalId !== submitterId) {
        authorize(cloud, submitterId, { operation: "Assign", crn }, "Forbidden Access");
      }
    },
  };
}

function regionOf(endpoint: string): FlinkRegion {
  const host = hostOf(endpoint);
  const found = flinkRegions.find((region) => hostOf(flinkEndpoint(region)) === host);
  if (found === undefined) {
    throw new ProviderRefusal(`dial tcp: lookup ${host}: no such host`);
  }
  return found;
}

/** @param poolId empty means the default pool of the environment and region */
function poolOf(
  cloud: ConfluentCloud,
  { cloud: vendor, region }: FlinkRegion,
  environmentId: string,
  poolId: string,
): FlinkComputePool {
  const found = cloud.computePools.find(
    (pool) =>
      pool.environmentId === environmentId &&
      pool.cloud === vendor &&
      pool.region === region &&
      (poolId === "" ? pool.defaultPool : pool.id === poolId),
  );
  if (found === undefined) {
    throw new Refusal(
      404,
      poolId === ""
        ? "No default compute pool was found."
        : `The compute pool ${poolId} was not found.`,
      `looked in environment ${environmentId}, ${vendor} ${region}`,
    );
  }
  return found;
}
