import { alphabets, derive } from "../identifiers";
import { Refusal } from "../refusal";
import { flag, idIn, known, number, text, type TerraformObject } from "../values";
import { deleteBindingsInside } from "./cascade";
import type { ConfluentCloud } from "./cloud";
import { forbidden, requireCloudKey } from "./control-plane";
import { environmentOf } from "./environment";
import { findFlinkRegion } from "./flink-regions";
import { reference, type Call, type ManagedResource } from "./managed-resource";
import type { FlinkComputePool } from "./objects";
import { computePoolCrn } from "./resource-names";
import { quote, wording } from "./wording";

/** Confluent units of a pool that asks for none: the provider sends 0, the cloud makes it this. */
const DEFAULT_MAX_CFU = 5;

/** Sizes that Confluent sells. */
const maxCfus = [5, 10, 20, 30, 40, 50];

/** `confluent_flink_compute_pool`. Ready as soon as it is created. */
export const flinkComputePool: ManagedResource = {
  wording: wording("Flink Compute Pool", {
    // The provider quotes the id of a pool that the API did not make.
    creating: () => `error creating Flink Compute Pool ""`,
    reading: (prior) => `error reading Flink Compute Pool ${quote(text(prior, "id"))}`,
  }),

  create({ cloud, provider, planned }) {
    requireCloudKey(provider);
    const environmentId = environmentOf(cloud, idIn(planned, "environment")).id;
    const displayName = text(planned, "display_name");
    const region = findFlinkRegion(text(planned, "cloud"), text(planned, "region"));
    if (region === undefined) {
      throw new Refusal(
        400,
        `region ${text(planned, "region")} is not supported in ${text(planned, "cloud")}`,
      );
    }
    const identity = cloud.identifiers.next("compute-pool", [environmentId, displayName]);
    const created = cloud.computePools.put({
      id: `lfcp-${derive(alphabets.lower, 6, ...identity)}`,
      environmentId,
      displayName,
      cloud: region.cloud,
      region: region.region,
      maxCfu: maxCfu(planned, DEFAULT_MAX_CFU),
      defaultPool: flag(planned, "default_pool"),
    });
    return { state: { ...known(planned), ...attributes(cloud, created) } };
  },

  read({ cloud, provider, prior }) {
    requireCloudKey(provider);
    const found = cloud.computePools.get(text(prior, "id"));
    return found === undefined ? null : { ...prior, ...attributes(cloud, found) };
  },

  update(call) {
    const { cloud, planned } = call;
    const before = existing(call);
    const asked = maxCfu(planned, before.maxCfu);
    if (asked < before.maxCfu) {
      throw new Refusal(
        400,
        "The maximum number of CFUs of a compute pool cannot be decreased",
        `${before.id} has ${before.maxCfu}, ${asked} were asked for`,
      );
    }
    const updated = cloud.computePools.put({
      ...before,
      displayName: text(planned, "display_name"),
      maxCfu: asked,
      defaultPool: flag(planned, "default_pool"),
    });
    return { state: { ...known(planned), ...attributes(cloud, updated) } };
  },

  delete(call) {
    const { cloud } = call;
    const pool = existing(call);
    const active = [...cloud.statements.all(), ...cloud.materializedTables.all()].filter(
      ({ computePoolId, phase }) =>
        computePoolId === pool.id && ["PENDING", "RUNNING", "DEGRADED", "STOPPING"].includes(phase),
    );
    if (active.length > 0) {
      throw new Refusal(
        409,
        `The compute pool ${pool.id} has running statements`,
        `stop or delete first: ${active.map(({ name }) => name).join(", ")}`,
      );
    }
    cloud.computePools.delete(pool.id);
    cloud.statements.deleteWhere(({ computePoolId }) => computePoolId === pool.id);
    deleteBindingsInside(cloud, computePoolCrn(cloud, pool));
  },

  importedState(id) {
    const [environmentId, poolId, ...rest] = id.split("/");
    if (environmentId === undefined || poolId === undefined || rest.length > 0) {
      throw new Refusal(400, "invalid format: expected '<env ID>/<Flink Compute Pool ID>'");
    }
    return { id: poolId, environment: reference(environmentId) };
  },
};

function existing({ cloud, provider, prior }: Call): FlinkComputePool {
  requireCloudKey(provider);
  const id = text(prior, "id");
  const found = cloud.computePools.get(id);
  if (found === undefined) {
    throw forbidden(`compute pool ${quote(id)}`);
  }
  return found;
}

/** The provider sends 0 for a size that is not given. */
function maxCfu(planned: TerraformObject, whenOmitted: number): number {
  const asked = number(planned, "max_cfu") ?? 0;
  if (asked === 0) {
    return whenOmitted;
  }
  if (!maxCfus.includes(asked)) {
    throw new Refusal(400, `max_cfu must be one of ${maxCfus.join(", ")}`, `got ${asked}`);
  }
  return asked;
}

function attributes(cloud: ConfluentCloud, pool: FlinkComputePool): TerraformObject {
  return {
    id: pool.id,
    api_version: "fcpm/v2",
    kind: "ComputePool",
    display_name: pool.displayName,
    cloud: pool.cloud,
    region: pool.region,
    max_cfu: pool.maxCfu,
    default_pool: pool.defaultPool,
    environment: reference(pool.environmentId),
    resource_name: computePoolCrn(cloud, pool),
  };
}
