import type { TypeCode } from "../resource-type";
import { refuseCredentialsWithOAuth } from "./oauth";
import { listed, quoted } from "./wording";

/** `confluent_subject_config`. */
export const subjectConfig: TypeCode = {
  planRules: [refuseCredentialsWithOAuth],
  updateRefusal: (id, allowed) =>
    `error updating Subject Config ${quoted(id)}: only ${listed(allowed)} blocks can be updated for Subject Config`,
};
