import type { TypeCode } from "../resource-type";
import { quoted } from "./wording";

/** `confluent_role_binding`. */
export const roleBinding: TypeCode = {
  // Names inside a CRN may be written percent-encoded or plain.
  sameAs: { crn_pattern: (old, next) => unescaped(old) === unescaped(next) },
  updateRefusal: (id, allowed) =>
    `error updating role binding ${quoted(id)}: only ${allowed.map(quoted).join(", ")} can be updated`,
};

/** What cannot be decoded is taken as it is. */
function unescaped(crn: string): string {
  try {
    return decodeURIComponent(crn);
  } catch {
    return crn;
  }
}
