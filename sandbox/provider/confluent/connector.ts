import type { TypeCode } from "../resource-type";
import { listed, quoted } from "./wording";

/** `confluent_connector`. */
export const connector: TypeCode = {
  updateRefusal: (id, allowed) =>
    `error updating Connector ${quoted(id)}: only ${listed(allowed)} attributes can be updated for Connector`,
};
