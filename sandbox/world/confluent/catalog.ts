import { ProtocolError } from "../protocol";
import { Refusal } from "../refusal";
import { text, type TerraformObject } from "../values";
import { apiKey } from "./api-key";
import type { CatalogRequest, CatalogTable } from "./catalog-request";
import type { ConfluentCloud } from "./cloud";
import { environment } from "./environment";
import { flinkComputePool } from "./flink-compute-pool";
import { kafkaCluster } from "./kafka-cluster";
import type { ManagedResource } from "./managed-resource";
import { regionId } from "./resource-names";
import { roleBinding } from "./role-binding";
import { IncompatibleSchema, register } from "./schema/registry";
import { schemaRegistryOf } from "./schema-registry";
import { serviceAccount } from "./service-account";

/** Everything that a client of Flink's REST API needs. */
export interface CatalogAccess {
  readonly organizationId: string;
  readonly environmentId: string;
  readonly computePoolId: string;
  readonly principalId: string;
  readonly cloud: string;
  readonly region: string;
  readonly catalog: string;
  readonly database: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Whoever runs the sandbox. */
const provider = { cloud_api_key: "sandbox", cloud_api_secret: "sandbox" };

/**
 * One environment with a cluster, its registry, a pool, tables, and an account that may do everything in it and has a key.
 * What its roles and key allow counts at once.
 *
 * @throws ProtocolError when something exists already, or a schema is none
 */
export function createCatalog(cloud: ConfluentCloud, request: CatalogRequest): CatalogAccess {
  const { region, catalog, database } = request;
  if (cloud.environments.all().length > 0) {
    throw new ProtocolError("a catalog is made in an empty world, and this one has an environment");
  }
  const make = (resource: ManagedResource, planned: TerraformObject): TerraformObject =>
    resource.create({ cloud, provider, prior: {}, planned }).state;
  const place = { cloud: region.cloud, region: region.region };

  const made = make(environment, {
    display_name: catalog,
    stream_governance: [{ package: "ESSENTIALS" }],
  });
  const environmentId = text(made, "id");
  const inside = { ...place, environment: [{ id: environmentId }] };
  const cluster = make(kafkaCluster, {
    display_name: database,
    availability: "LOW",
    ...inside,
    standard: [{}],
  });
  const pool = make(flinkComputePool, { display_name: database, ...inside, default_pool: true });
  const account = make(serviceAccount, { display_name: `${catalog}-flink` });
  const principalId = text(account, "id");
  make(roleBinding, {
    principal: `User:${principalId}`,
    role_name: "EnvironmentAdmin",
    crn_pattern: text(made, "resource_name"),
  });
  const key = make(apiKey, {
    display_name: `${catalog}-flink`,
    owner: [{ id: principalId }],
    managed_resource: [
      {
        id: regionId(region),
        api_version: "fcpm/v2",
        kind: "Region",
        environment: [{ id: environmentId }],
      },
    ],
  });
  for (const table of request.tables) {
    addTable(cloud, environmentId, text(cluster, "id"), table);
  }
  return {
    organizationId: cloud.organizationId,
    environmentId,
    computePoolId: text(pool, "id"),
    principalId,
    ...place,
    catalog,
    database,
    apiKey: text(key, "id"),
    apiSecret: text(key, "secret"),
  };
}

function addTable(
  cloud: ConfluentCloud,
  environmentId: string,
  clusterId: string,
  { name, partitions, key, value }: CatalogTable,
): void {
  const registry = schemaRegistryOf(cloud, environmentId);
  if (registry === undefined) {
    throw new Error(`environment ${environmentId} has a cluster and a package, but no registry`);
  }
  cloud.topics.put({ id: `${clusterId}/${name}`, clusterId, name, partitions, config: {} });
  for (const [part, schema] of Object.entries({ key, value })) {
    if (schema !== undefined) {
      const subject = `${name}-${part}`;
      try {
        register(cloud, registry, {
          subject,
          format: schema.format,
          schema: schema.text,
          references: [],
        });
      } catch (error) {
        if (error instanceof Refusal || error instanceof IncompatibleSchema) {
          throw new ProtocolError(`${subject}: ${error.message}`, { cause: error });
        }
        throw error;
      }
    }
  }
}
