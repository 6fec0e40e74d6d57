import { isObject } from "./json-file.mjs";

/** @typedef {import("./binding-package.mjs").BindingPackage} BindingPackage */

/**
 * Cuts a behaviour document down to the provider block and the types that a package lists.
 *
 * @param {unknown} document
 * @param {BindingPackage} binding
 * @param {string} origin where the document comes from, for messages
 * @returns {{ facts: Record<string, unknown>, missing: string[] }} `missing` are listed keys
 *   without an entry
 */
export function selectFacts(document, binding, origin) {
  if (!isObject(document)) throw new Error(`${origin} must be an object of facts by type`);
  const keys = [
    "provider",
    ...binding.resources,
    ...binding.dataSources.map((type) => `data.${type}`),
  ];
  const present = keys.filter((key) => isObject(document[key]));
  return {
    facts: Object.fromEntries(present.map((key) => [key, document[key]])),
    missing: keys.filter((key) => !present.includes(key)),
  };
}
