import type { TypeCode } from "../resource-type";
import { quoted } from "./wording";

/** `confluent_api_key`. */
export const apiKey: TypeCode = {
  // Versions of one API are the same resource: srcm/v2 and srcm/v3, but not srcm/v2 and cmk/v2.
  sameAs: { "managed_resource.api_version": (old, next) => apiGroup(old) === apiGroup(next) },
  updateRefusal: (id, allowed) =>
    `error updating API Key ${quoted(id)}: only ${allowed.join(", ")} attributes can be updated for an API Key`,
  // The API tells a secret once, so an import cannot read it.
  importedAttributes: (id, environment) => {
    const secret = environment["API_KEY_SECRET"] ?? "";
    return secret === ""
      ? `error importing API Key ${quoted(id)}: API_KEY_SECRET environment variable is empty but it must be set`
      : { secret };
  },
};

function apiGroup(version: string): string {
  return version.split("/", 1).join("");
}
