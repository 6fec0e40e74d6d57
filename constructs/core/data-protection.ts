import type { IConstruct } from "constructs";

/**
 * Whether Terraform may destroy something that holds data. Opting out takes a reason, and counts only where the
 * environment allows data loss as well: two keys, so that no single edit loses data.
 */
export type DataProtection =
  { readonly protect: true } | { readonly protect: false; readonly reason: string };

const ALLOW_DATA_LOSS = "streaming-lakehouse/allow-data-loss";

/** Turns the environment's key for everything below `scope`. Must be called before children are added. */
export function setAllowDataLoss(scope: IConstruct, allow: boolean): void {
  scope.node.setContext(ALLOW_DATA_LOSS, allow);
}

export function allowsDataLoss(scope: IConstruct): boolean {
  return scope.node.tryGetContext(ALLOW_DATA_LOSS) === true;
}

/** The `lifecycle` of a stateful resource: destroyable only when both keys are turned. */
export function protectedLifecycle(
  scope: IConstruct,
  protection: DataProtection = { protect: true },
): { preventDestroy: boolean } {
  return { preventDestroy: protection.protect || !allowsDataLoss(scope) };
}
