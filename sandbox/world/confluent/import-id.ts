import { Refusal } from "../refusal";

/** The three parts of an id that somebody imports a resource of a cluster by. */
export interface ClusterResourceId {
  readonly environmentId: string;
  readonly clusterId: string;
  readonly name: string;
}

/**
 * Reads `<environment>/<cluster>/<name>`.
 *
 * @param what the name is, in the provider's words
 * @throws Refusal for any other form
 */
export function clusterResourceId(id: string, what: string): ClusterResourceId {
  const [environmentId, clusterId, name, ...rest] = id.split("/");
  if (
    environmentId === undefined ||
    clusterId === undefined ||
    name === undefined ||
    rest.length > 0
  ) {
    throw new Refusal(400, `invalid format: expected '<env ID>/<Kafka cluster ID>/<${what}>'`);
  }
  return { environmentId, clusterId, name };
}
