import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject, readJson } from "./json-file.mjs";

/** The `packages` folder. */
export const packagesDirectory = dirname(dirname(fileURLToPath(import.meta.url)));

/** Terraform's default registry: the first part of a provider's address in a schema document. */
const DEFAULT_REGISTRY = "registry.terraform.io";

/**
 * One `packages/provider-<vendor>` folder and what its resources.json asks for.
 *
 * @typedef {object} BindingPackage
 * @property {string} vendor `confluent`: the folder's name without `provider-`
 * @property {string} directory absolute path of the folder
 * @property {string} source `namespace/name` as in `required_providers`
 * @property {string} address the source with its registry, as in `terraform providers schema -json`
 * @property {string} version the exact provider version that the schema belongs to
 * @property {string[]} resources Terraform resource types
 * @property {string[]} dataSources Terraform data source types
 */

/**
 * All binding packages, by vendor.
 *
 * @returns {BindingPackage[]}
 * @throws {Error} when a resources.json is missing or malformed
 */
export function bindingPackages() {
  return readdirSync(packagesDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith("provider-"))
    .map((entry) => readBindingPackage(entry.name))
    .sort((a, b) => a.vendor.localeCompare(b.vendor));
}

/**
 * @param {string} folder
 * @returns {BindingPackage}
 */
function readBindingPackage(folder) {
  const directory = join(packagesDirectory, folder);
  const path = join(directory, "resources.json");
  const list = readJson(path);
  if (!isObject(list)) throw new Error(`${path}: must be an object`);
  const source = matching(list, "provider", /^[\w-]+\/[\w-]+$/, path);
  return {
    vendor: folder.slice("provider-".length),
    directory,
    source,
    address: `${DEFAULT_REGISTRY}/${source}`,
    version: matching(list, "version", /^\d+\.\d+\.\d+$/, path),
    resources: typeNames(list, "resources", path),
    dataSources: typeNames(list, "dataSources", path),
  };
}

/**
 * @param {Record<string, unknown>} list
 * @param {string} key
 * @param {RegExp} pattern
 * @param {string} path
 * @returns {string}
 */
function matching(list, key, pattern, path) {
  const value = list[key];
  if (typeof value === "string" && pattern.test(value)) return value;
  throw new Error(`${path}: "${key}" must match ${pattern}, not ${JSON.stringify(value)}`);
}

/**
 * @param {Record<string, unknown>} list
 * @param {string} key
 * @param {string} path
 * @returns {string[]}
 */
function typeNames(list, key, path) {
  const value = list[key];
  if (!Array.isArray(value)) throw new Error(`${path}: "${key}" must be a list of type names`);
  /** @type {Set<string>} */
  const names = new Set();
  for (const name of value) {
    if (typeof name !== "string") {
      throw new Error(`${path}: "${key}" holds ${JSON.stringify(name)}, which is no type name`);
    }
    if (names.has(name)) throw new Error(`${path}: "${key}" lists ${name} twice`);
    names.add(name);
  }
  return [...names];
}
