import type { TypeCode } from "../resource-type";
import { quoted } from "./wording";

/** Clouds compare without case, although only upper case is valid: older states hold lower case. */
export function sameCloud(old: string, next: string): boolean {
  return old.toLowerCase() === next.toLowerCase();
}

/** `confluent_flink_compute_pool`. */
export const flinkComputePool: TypeCode = {
  sameAs: { cloud: sameCloud },
  updateRefusal: (id, allowed) => {
    const last = quoted(allowed.at(-1) ?? "");
    const list = `${allowed.slice(0, -1).map(quoted).join(", ")}, and ${last}`;
    return `error updating Flink Compute Pool ${quoted(id)}: only ${list} attributes can be updated for Flink Compute Pool`;
  },
};
