import { confluent } from "./confluent/vendor";
import { snowflake } from "./snowflake/vendor";
import type { Vendor } from "./vendor";

/** Every vendor whose provider the sandbox stands in for. */
export const vendors: readonly Vendor[] = [confluent, snowflake];

/** @throws Error naming the known vendors when there is none of this name */
export function findVendor(name: string): Vendor {
  const vendor = vendors.find((candidate) => candidate.name === name);
  if (vendor === undefined) {
    const known = vendors.map((candidate) => candidate.name).join(", ");
    throw new Error(`there is no stand-in for "${name}", known vendors: ${known}`);
  }
  return vendor;
}
