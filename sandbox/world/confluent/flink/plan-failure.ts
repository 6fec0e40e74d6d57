import { explainDenial, isAllowed } from "../authorization";
import type { ConfluentCloud } from "../cloud";
import { kafkaResourceCrn, subjectCrn } from "../resource-names";
import type { KafkaCluster, SchemaRegistry } from "../objects";
import type { ResourcePermission } from "./required-permissions";
import { SqlSyntaxError } from "./sql-tokens";

/** Why a statement cannot run, in the words of its status. */
export class PlanFailure extends Error {
  override readonly name = "PlanFailure";
}

/** What went wrong while planning. @throws whatever is no failure of a plan */
export function failureDetail(error: unknown): string {
  if (error instanceof SqlSyntaxError) {
    return `SQL parse failed. ${error.message}`;
  }
  if (error instanceof PlanFailure) {
    return error.message;
  }
  throw error;
}

/** @throws PlanFailure that begins with what is wrong and explains each permission that is missing */
export function requirePermissions(
  cloud: ConfluentCloud,
  principalId: string,
  { cluster, registry }: { readonly cluster: KafkaCluster; readonly registry: SchemaRegistry },
  { wrong, permissions }: { wrong: string; permissions: readonly ResourcePermission[] },
): void {
  const reasons = permissions
    .map(({ operation, type, name }) => ({
      operation,
      crn:
        type === "subject"
          ? subjectCrn(cloud, registry, name)
          : kafkaResourceCrn(cloud, cluster, type, name),
    }))
    .filter((permission) => !isAllowed(cloud, principalId, permission))
    .map((permission) => explainDenial(cloud, principalId, permission));
  if (reasons.length > 0) {
    throw new PlanFailure(`${wrong}: ${reasons.join("; ")}.`);
  }
}
