import type { ITerraformDependable, TerraformProvider } from "cdktf";

/** A table or view as far as statements go: its name in the cluster, and whether the registry holds a key schema. */
export interface FlinkTable {
  readonly name: string;

  /** The file that the key's schema comes from. @default - keys have no schema */
  readonly keySchema?: string;
}

/**
 * A way to run statements: a provider alias that is bound to one principal and one compute pool. With Flink
 * credentials in the provider block, the provider ignores a resource's own principal and pool, so a statement takes
 * all three together.
 *
 * The grants give the principal what a statement needs, in the access's own stack, and are returned, so that what needs
 * them can wait for them: they are there before it, and go after it. Granting twice grants once, whoever asks.
 */
export interface FlinkAccess {
  readonly provider: TerraformProvider;
  readonly principalName: string;
  readonly poolName: string;

  /** Reading rows. */
  grantRead(table: FlinkTable): readonly ITerraformDependable[];

  /** Writing rows into a table that is there. */
  grantWrite(table: FlinkTable): readonly ITerraformDependable[];

  /** Making, changing and dropping a table, and writing its rows. */
  grantOwn(table: FlinkTable): readonly ITerraformDependable[];
}
