import type { TerraformObject } from "../values";
import type { ConfluentCloud } from "./cloud";
import { forbidden } from "./control-plane";
import { authenticate, authorize } from "./data-plane-key";
import { dataPlaneArguments, ownArguments, requiredId, requireEndpoint } from "./data-plane-access";
import { reference } from "./managed-resource";
import type { SchemaRegistry } from "./objects";
import { schemaRegistryEndpoint, subjectCrn } from "./resource-names";

/** A caller of Schema Registry whose key was accepted. */
export interface SchemaRegistryCaller {
  readonly registry: SchemaRegistry;
  /** What the provider adds to the state about the call. */
  readonly ownArguments: TerraformObject;
  /** @throws Refusal when the key's owner lacks any of the operations */
  requireSubject(subject: string, ...operations: readonly string[]): void;
}

export function schemaRegistryCaller(
  cloud: ConfluentCloud,
  provider: TerraformObject,
  resource: TerraformObject,
): SchemaRegistryCaller {
  const call = dataPlaneArguments(provider, resource, "schema_registry", [
    "schema_registry_api_key",
    "schema_registry_api_secret",
    "schema_registry_id",
    "schema_registry_rest_endpoint",
  ]);
  const registryId = requiredId(
    provider,
    "schema_registry_id",
    resource,
    "schema_registry_cluster",
  );
  const principalId = authenticate(cloud, { ...call, opens: { id: registryId } });
  const registry = cloud.schemaRegistries.get(registryId);
  if (registry === undefined) {
    throw forbidden(`Schema Registry ${registryId}`);
  }
  requireEndpoint(call.restEndpoint, schemaRegistryEndpoint(registry));
  return {
    registry,
    ownArguments: call.fromProvider
      ? {}
      : { ...ownArguments(call), schema_registry_cluster: reference(registryId) },
    requireSubject(subject, ...operations) {
      const crn = subjectCrn(cloud, registry, subject);
      for (const operation of operations) {
        const denial = `User is denied operation ${operation} on Subject: ${subject}`;
        authorize(cloud, principalId, { operation, crn }, denial);
      }
    },
  };
}
