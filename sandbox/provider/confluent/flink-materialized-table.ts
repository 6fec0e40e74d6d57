import type { TypeCode } from "../resource-type";
import { refuseCredentialsWithOAuth } from "./oauth";
import { listed, quoted } from "./wording";

/** The cloud may quote names and lay out lines in its own way; the query stays the same. */
function sameQuery(old: string, next: string): boolean {
  return collapsed(old) === collapsed(next);
}

function collapsed(query: string): string {
  return query.replaceAll("`", "").replaceAll(/\s+/g, " ").trim();
}

/** `confluent_flink_materialized_table`. Unlike a statement it may change principal and pool at any time. */
export const flinkMaterializedTable: TypeCode = {
  computedBlocks: ["organization", "environment", "compute_pool", "principal", "distribution"],
  sameAs: { query: sameQuery },
  planRules: [refuseCredentialsWithOAuth],
  updateRefusal: (id, allowed) =>
    `error updating Flink Materialized Table ${quoted(id)}: only ${listed(allowed)} attributes can be updated for Flink Materialized Table`,
};
