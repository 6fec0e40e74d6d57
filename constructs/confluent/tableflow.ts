import type { Environment } from "./environment";
import type { ManagedResource } from "./managed-resource";

/**
 * Tableflow in one environment, as what an API key opens. There is nothing to create and one per environment, so its
 * id is a word.
 */
export function tableflowOf(environment: Environment): ManagedResource {
  return {
    service: "tableflow",
    id: "tableflow",
    apiVersion: "tableflow/v1",
    kind: "Tableflow",
    environmentId: environment.environmentId,
  };
}
