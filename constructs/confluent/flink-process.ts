import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

/** Something that reads tables and writes tables. */
export interface FlinkProcess extends IConstruct {
  /** As a person calls it. */
  readonly processName: string;

  /** Names of the tables that it reads. */
  readonly reads: readonly string[];

  /** Names of the tables that it writes. */
  readonly writes: readonly string[];

  /** What runs: others may have to be there before it. */
  readonly resources: readonly TerraformResource[];
}
