import type { TypeCode } from "../resource-type";
import { quoted } from "./wording";

/** `confluent_environment`. */
export const environment: TypeCode = {
  computedBlocks: ["stream_governance"],
  updateRefusal: (id, allowed) =>
    `error updating Environment ${quoted(id)}: only ${allowed.map(quoted).join(" or ")} attributes can be updated for Environment`,
};
