import { alphabets, derive } from "../identifiers";
import { Refusal } from "../refusal";
import { block, idIn, known, text, type TerraformObject } from "../values";
import type { ConfluentCloud } from "./cloud";
import { forbidden, requireCloudKey } from "./control-plane";
import { findFlinkRegion } from "./flink-regions";
import { reference, type Call, type ManagedResource } from "./managed-resource";
import type { ApiKey, ManagedResourceReference } from "./objects";
import { createdNow } from "./propagation";
import { providerWait } from "./provider-waits";
import { serviceAccountOf } from "./service-account";
import { quote, wording } from "./wording";

/** `confluent_api_key`. Opens what it is for after a while, and until it is deleted; the secret is told once. */
export const apiKey: ManagedResource = {
  wording: wording("API Key", {
    // The provider quotes the id of a key that the API did not make.
    creating: () => `error creating API Key ""`,
  }),

  create({ cloud, provider, planned }) {
    requireCloudKey(provider);
    const owner = serviceAccountOf(cloud, idIn(planned, "owner"));
    const managedResource = managedResourceOf(cloud, planned);
    const displayName = text(planned, "display_name");
    const description = text(planned, "description");
    const identity = cloud.identifiers.next("api-key", [
      owner.displayName,
      managedResource?.id ?? "",
      managedResource?.environmentId ?? "",
      displayName,
      description,
    ]);
    const created = cloud.apiKeys.put({
      id: derive(alphabets.upper, 16, "id", ...identity),
      secret: derive(alphabets.base64, 64, "secret", ...identity),
      ownerId: owner.id,
      displayName,
      description,
      managedResource,
      ...createdNow(cloud.clock, providerWait("confluent_api_key", "create", planned)),
    });
    return { state: { ...known(planned), ...attributes(created), secret: created.secret } };
  },

  /** Leaves the secret as Terraform has it: the cloud tells it to nobody again. */
  read({ cloud, provider, prior }) {
    requireCloudKey(provider);
    const found = cloud.apiKeys.get(text(prior, "id"));
    return found === undefined ? null : { ...prior, ...attributes(found) };
  },

  update(call) {
    const { cloud, planned } = call;
    const updated = cloud.apiKeys.put({
      ...existing(call),
      displayName: text(planned, "display_name"),
      description: text(planned, "description"),
    });
    return { state: { ...known(planned), ...attributes(updated) } };
  },

  delete(call) {
    call.cloud.apiKeys.delete(existing(call).id);
  },

  importedState: (id) => ({ id: id.slice(id.indexOf("/") + 1), disable_wait_for_ready: false }),
};

function existing({ cloud, provider, prior }: Call): ApiKey {
  requireCloudKey(provider);
  const id = text(prior, "id");
  const found = cloud.apiKeys.get(id);
  if (found === undefined) {
    throw forbidden(`API key ${quote(id)}`);
  }
  return found;
}

/** What the key is to open, which must exist. No block makes a cloud key. */
function managedResourceOf(
  cloud: ConfluentCloud,
  planned: TerraformObject,
): ManagedResourceReference | undefined {
  const given = block(planned, "managed_resource");
  if (given === undefined) {
    return undefined;
  }
  const managed = {
    id: text(given, "id"),
    apiVersion: text(given, "api_version"),
    kind: text(given, "kind"),
    environmentId: idIn(given, "environment"),
  };
  if (!exists(cloud, managed)) {
    throw new Refusal(
      400,
      `resource ${managed.id} not found`,
      `no ${managed.kind} of ${managed.apiVersion} has the id ${quote(managed.id)} in environment ${quote(managed.environmentId)}`,
    );
  }
  return managed;
}

function exists(
  cloud: ConfluentCloud,
  { id, apiVersion, kind, environmentId }: ManagedResourceReference,
): boolean {
  const [group = ""] = apiVersion.split("/");
  switch (`${group} ${kind}`) {
    case "cmk Cluster":
      return cloud.kafkaClusters.get(id)?.environmentId === environmentId;
    case "srcm Cluster":
      return cloud.schemaRegistries.get(id)?.environmentId === environmentId;
    case "fcpm Region": {
      const [provider = "", ...region] = id.split(".");
      const known = findFlinkRegion(provider, region.join(".")) !== undefined;
      return known && cloud.environments.has(environmentId);
    }
    case "tableflow Tableflow":
      return id === "tableflow";
    case "global Global":
      return id === "global";
    default:
      return false;
  }
}

function attributes({ managedResource: managed, ...key }: ApiKey): TerraformObject {
  return {
    id: key.id,
    display_name: key.displayName,
    description: key.description,
    owner: [{ id: key.ownerId, api_version: "iam/v2", kind: "ServiceAccount" }],
    managed_resource:
      managed === undefined
        ? []
        : [
            {
              id: managed.id,
              api_version: managed.apiVersion,
              kind: managed.kind,
              environment: managed.environmentId === "" ? [] : reference(managed.environmentId),
            },
          ],
  };
}
