import type { ConfluentCloud } from "../cloud";
import { noStatement } from "../flink/submission";
import { Refusal } from "../../refusal";
import type { FlinkStatement, StatementFate } from "../objects";
import type { GatewayCaller } from "./caller";
import type { Listing } from "./listing";
import type { GatewayRequest } from "./message";
import type { Route } from "./route";
import type { GatewaySettings } from "./settings";

/** One call of someone who is known, at an address that exists. */
export interface GatewayCall {
  readonly cloud: ConfluentCloud;
  readonly caller: GatewayCaller;
  readonly route: Route;
  readonly request: GatewayRequest;
  readonly settings: GatewaySettings;
  readonly listing: Listing;
  /** What is to become of a new statement. */
  takeFate(statement: Pick<FlinkStatement, "name" | "sql" | "labels">): StatementFate | undefined;
  /** The tables that a new statement is not to see; it counts. */
  takeLateTables(sql: string): readonly string[] | undefined;
}

/**
 * The statement of the call.
 *
 * @throws Refusal when the caller may not do that, or there is no such statement in the key's region
 */
export function existing(call: GatewayCall, operation: string): FlinkStatement {
  const { cloud, caller, route, settings } = call;
  const { name, environmentId } = route;
  const found = cloud.statements.get(`${environmentId}/${name}`);
  const pool = caller.pools.find(({ id }) => id === found?.computePoolId);
  if (found === undefined || pool === undefined) {
    caller.requireAnywhere(operation, name);
    throw settings.absentIsForbidden ? new Refusal(403, "Forbidden Access") : noStatement(name);
  }
  caller.require(operation, pool, name);
  return found;
}
