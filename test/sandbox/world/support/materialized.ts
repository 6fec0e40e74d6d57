import type { TerraformObject } from "../../../../sandbox/world/values";
import { analytics, type Analytics } from "./analytics";
import { planned } from "./planned";

/** Of the table `totals`. */
export const query = "SELECT id, amount AS total FROM orders";
/** Terraform's type, without the vendor. */
export const type = "flink_materialized_table";

/** The tables `orders` and `big_orders`, over which a materialized one is made. */
export interface Tables extends Analytics {
  readonly planned: (query?: string, more?: TerraformObject) => TerraformObject;
}

export async function tables(): Promise<Tables> {
  const names = await analytics();
  return {
    ...names,
    planned: (sql = query, more = {}) =>
      planned.materializedTable("totals", names.platform.ids, sql, more),
  };
}

/** Creates `totals`, which must run. */
export function create(
  { platform, flink, planned: plan }: Tables,
  ...change: readonly [string?, TerraformObject?]
): Promise<TerraformObject> {
  return platform.terraform.create(type, plan(...change), flink);
}

/** The table as the inventory has it; empty when there is none. */
export function found({ platform }: Pick<Tables, "platform">): TerraformObject {
  return (
    platform.terraform.world
      .inventory()
      .find((item) => item.type === "confluent_flink_materialized_table") ?? {}
  );
}

export function exists({ platform }: Pick<Tables, "platform">, id: string): boolean {
  return platform.terraform.world.inventory().some((item) => item.id === id);
}
