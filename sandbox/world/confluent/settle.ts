import type { ConfluentCloud } from "./cloud";
import { settleConnectors } from "./connect/life-cycle";
import { settleStatements } from "./flink/life-cycle";
import { settleMaterializedTables } from "./flink/materialized-table";

/** Lets everything that runs feel what has changed around it: topics, schemas, roles, time. */
export function settle(cloud: ConfluentCloud): void {
  settleMaterializedTables(cloud);
  settleStatements(cloud);
  settleConnectors(cloud);
}
