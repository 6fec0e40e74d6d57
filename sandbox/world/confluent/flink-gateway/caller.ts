import { Refusal } from "../../refusal";
import { explainDenial, isAllowed } from "../authorization";
import type { ConfluentCloud } from "../cloud";
import { authenticate, authorize } from "../data-plane-key";
import { findFlinkRegion, type FlinkRegion } from "../flink-regions";
import type { FlinkComputePool } from "../objects";
import { regionId, serviceAccountCrn, statementCrn } from "../resource-names";

const DENIED = "Forbidden Access";

/** Someone who calls the statements API with a key that is good for the environment. */
export interface GatewayCaller {
  readonly accountId: string;
  readonly environmentId: string;
  readonly region: FlinkRegion;
  /** Pools of the environment in the key's region. */
  readonly pools: readonly FlinkComputePool[];
  mayDescribe(pool: FlinkComputePool, name: string): boolean;
  /** @throws Refusal when the key's owner may not do that with a statement of the pool */
  require(operation: string, pool: FlinkComputePool, name: string): void;
  /** @throws Refusal when the key's owner may do that with no statement of the name, in whatever pool */
  requireAnywhere(operation: string, name: string): void;
  /** @throws Refusal when the key's owner may not let statements run as the account */
  requireAssignable(accountId: string): void;
}

/**
 * The caller of a request. One gateway stands for those of all regions: the key says which is meant.
 *
 * @throws Refusal when the credential is missing or wrong
 */
export function gatewayCaller(
  cloud: ConfluentCloud,
  authorization: string | undefined,
  environmentId: string,
): GatewayCaller {
  const { key, secret } = credential(authorization);
  const region = regionOf(cloud, key);
  const accountId = authenticate(cloud, {
    key,
    secret,
    opens: { id: regionId(region), environmentId },
  });
  const pools = cloud.computePools.where(
    (pool) =>
      pool.environmentId === environmentId &&
      pool.cloud === region.cloud &&
      pool.region === region.region,
  );
  const permission = (
    operation: string,
    pool: FlinkComputePool,
    name: string,
  ): { operation: string; crn: string } => ({ operation, crn: statementCrn(cloud, pool, name) });
  return {
    accountId,
    environmentId,
    region,
    pools,
    mayDescribe: (pool, name) => isAllowed(cloud, accountId, permission("Describe", pool, name)),
    require(operation, pool, name) {
      authorize(cloud, accountId, permission(operation, pool, name), DENIED);
    },
    requireAnywhere(operation, name) {
      const asked = pools.map((pool) => permission(operation, pool, name));
      if (!asked.some((one) => isAllowed(cloud, accountId, one))) {
        const reasons = asked.map((one) => explainDenial(cloud, accountId, one));
        throw new Refusal(
          403,
          DENIED,
          reasons.join("; ") || `environment ${environmentId} has no compute pool in the region`,
        );
      }
    },
    requireAssignable(other) {
      if (other !== accountId) {
        const crn = serviceAccountCrn(cloud, other);
        authorize(cloud, accountId, { operation: "Assign", crn }, DENIED);
      }
    },
  };
}

function credential(authorization = ""): { key: string; secret: string } {
  const [, encoded = ""] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
  const [, key, secret] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  if (key === undefined || secret === undefined) {
    throw new Refusal(
      401,
      "Unauthorized",
      "the Authorization header must be Basic with a key and its secret",
    );
  }
  return { key, secret };
}

/** A key that is for no region opens none, so that it does not matter which is taken for it. */
function regionOf(cloud: ConfluentCloud, key: string): FlinkRegion {
  const opens = cloud.apiKeys.get(key)?.managedResource?.id ?? "";
  const [vendor = "", ...region] = opens.split(".");
  return findFlinkRegion(vendor, region.join(".")) ?? { cloud: "AWS", region: "us-east-1" };
}
