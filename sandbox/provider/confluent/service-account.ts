import type { TypeCode } from "../resource-type";
import { quoted } from "./wording";

/** `confluent_service_account`. */
export const serviceAccount: TypeCode = {
  updateRefusal: (id, allowed) =>
    `error updating service account ${quoted(id)}: only ${allowed.map(quoted).join(", ")} can be updated`,
};
