import { isObject } from "./json-file.mjs";
import { nearestNames } from "./nearest-names.mjs";

/** @typedef {import("./binding-package.mjs").BindingPackage} BindingPackage */

/**
 * Cuts a full `terraform providers schema -json` document down to one provider and the resources
 * and data sources its package lists.
 *
 * Prose is left out: it is most of the document, changes with every release, and each generated
 * property links to the provider's own page.
 *
 * @param {unknown} document
 * @param {BindingPackage} binding
 * @param {string} origin where the document comes from, for messages
 * @returns {object} the same document shape
 * @throws {Error} naming every listed type that the provider does not have
 */
export function selectSchema(document, binding, origin) {
  const { formatVersion, provider } = providerOf(document, binding, origin);
  const resources = objectAt(provider, "resource_schemas");
  const dataSources = objectAt(provider, "data_source_schemas");
  const problems = [
    ...unknownTypes("resource", binding.resources, resources, dataSources),
    ...unknownTypes("data source", binding.dataSources, dataSources, resources),
  ];
  if (problems.length > 0) {
    throw new Error(
      `${origin} has no schema for what provider-${binding.vendor}/resources.json lists:\n` +
        problems.map((problem) => `  ${problem}`).join("\n"),
    );
  }
  return {
    format_version: formatVersion,
    provider_schemas: {
      [binding.address]: withoutProse({
        provider: provider.provider,
        resource_schemas: pick(resources, binding.resources),
        data_source_schemas: pick(dataSources, binding.dataSources),
      }),
    },
  };
}

/**
 * @param {unknown} document
 * @param {BindingPackage} binding
 * @param {string} origin
 */
function providerOf(document, binding, origin) {
  if (!isObject(document) || !isObject(document.provider_schemas)) {
    throw new Error(`${origin} is not the output of "terraform providers schema -json"`);
  }
  const provider = document.provider_schemas[binding.address];
  if (!isObject(provider)) {
    const found = Object.keys(document.provider_schemas).join(", ") || "none";
    throw new Error(`${origin} has no provider ${binding.address}; it has: ${found}`);
  }
  return { formatVersion: document.format_version, provider };
}

/**
 * @param {"resource" | "data source"} kind
 * @param {string[]} listed
 * @param {Record<string, unknown>} known
 * @param {Record<string, unknown>} ofOtherKind
 * @returns {string[]} one message a type
 */
function unknownTypes(kind, listed, known, ofOtherKind) {
  return listed
    .filter((type) => !(type in known))
    .map((type) => {
      const otherList = kind === "resource" ? "dataSources" : "resources";
      if (type in ofOtherKind) return `${kind} ${type}: belongs in "${otherList}"`;
      const near = nearestNames(type, Object.keys(known));
      return `${kind} ${type}: ${near.length > 0 ? `did you mean ${near.join(", ")}?` : "nothing similar exists"}`;
    });
}

/**
 * @param {Record<string, unknown>} parent
 * @param {string} key
 * @returns {Record<string, unknown>}
 */
function objectAt(parent, key) {
  // A provider without data sources has no such key.
  const value = parent[key];
  return isObject(value) ? value : {};
}

/**
 * @param {Record<string, unknown>} from
 * @param {string[]} names
 */
function pick(from, names) {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

/**
 * An attribute may itself be called `description`; its value is an object, prose is a string.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
function withoutProse(value) {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, item]) =>
      !((key === "description" || key === "description_kind") && typeof item === "string"),
  );
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutProse(item)]));
}
