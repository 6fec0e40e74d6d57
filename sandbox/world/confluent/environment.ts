import { derive, alphabets } from "../identifiers";
import { Refusal } from "../refusal";
import { block, text, type TerraformObject } from "../values";
import type { ConfluentCloud } from "./cloud";
import { deleteBindingsInside } from "./cascade";
import { forbidden, requireCloudKey } from "./control-plane";
import type { Call, ManagedResource } from "./managed-resource";
import type { Environment } from "./objects";
import { ensureSchemaRegistry } from "./schema-registry";
import { wording } from "./wording";

/** `confluent_environment`. Several may share a display name. */
export const environment: ManagedResource = {
  wording: wording("Environment"),

  create({ cloud, provider, planned }) {
    requireCloudKey(provider);
    const displayName = text(planned, "display_name");
    const created = cloud.environments.put({
      id: `env-${derive(alphabets.lower, 6, ...cloud.identifiers.next("environment", [displayName]))}`,
      displayName,
      governancePackage: governancePackage(planned),
    });
    return { state: attributes(cloud, created) };
  },

  read({ cloud, provider, prior }) {
    requireCloudKey(provider);
    const found = cloud.environments.get(text(prior, "id"));
    return found === undefined ? null : attributes(cloud, found);
  },

  update(call) {
    const { cloud, planned } = call;
    const updated = cloud.environments.put({
      ...existing(call),
      displayName: text(planned, "display_name"),
      governancePackage: governancePackage(planned),
    });
    ensureSchemaRegistry(cloud, updated.id);
    return { state: attributes(cloud, updated) };
  },

  delete(call) {
    const { cloud } = call;
    const { id } = existing(call);
    const inside = [...cloud.kafkaClusters.all(), ...cloud.computePools.all()].filter(
      ({ environmentId }) => environmentId === id,
    );
    // Confluent's API deletes an environment with all that is in it. The world refuses: a plan that relies on that has
    // an edge missing, and would leave Terraform with states of things that are gone.
    if (inside.length > 0) {
      throw new Refusal(
        409,
        `Environment ${id} still has resources`,
        `delete first: ${inside.map((object) => `${object.id} (${object.displayName})`).join(", ")}`,
      );
    }
    cloud.environments.delete(id);
    cloud.statements.deleteWhere(({ environmentId }) => environmentId === id);
    cloud.apiKeys.deleteWhere(({ managedResource }) => managedResource?.environmentId === id);
    deleteBindingsInside(cloud, cloud.environmentCrn(id));
  },

  importedState: (id) => ({ id }),
};

/** @throws Refusal when there is no such environment */
export function environmentOf(cloud: ConfluentCloud, id: string): Environment {
  const found = cloud.environments.get(id);
  if (found === undefined) {
    throw forbidden(`environment ${JSON.stringify(id)}`);
  }
  return found;
}

function existing({ cloud, provider, prior }: Call): Environment {
  requireCloudKey(provider);
  return environmentOf(cloud, text(prior, "id"));
}

function governancePackage(planned: TerraformObject): string {
  return text(block(planned, "stream_governance") ?? {}, "package");
}

function attributes(cloud: ConfluentCloud, object: Environment): TerraformObject {
  return {
    id: object.id,
    display_name: object.displayName,
    resource_name: cloud.environmentCrn(object.id),
    stream_governance: [{ package: object.governancePackage }],
  };
}
