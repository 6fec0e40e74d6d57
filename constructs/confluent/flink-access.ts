import type { TerraformProvider } from "cdktf";

/**
 * A way to run statements: a provider alias that is bound to one principal and one compute pool. With Flink
 * credentials in the provider block, the provider ignores a resource's own principal and pool, so a statement takes
 * all three together.
 */
export interface FlinkAccess {
  readonly provider: TerraformProvider;
  readonly principalName: string;
  readonly poolName: string;
}
