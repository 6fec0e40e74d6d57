import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { packagesDirectory } from "./binding-package.mjs";
import { isObject, readJson } from "./json-file.mjs";

/** @typedef {import("./binding-package.mjs").BindingPackage} BindingPackage */

/** In lib/, so that the stamp and what it vouches for appear and vanish together. */
export const STAMP_FILE = ".build-stamp";

/** Installed packages whose version changes what a build writes. */
const TOOLCHAIN = ["@cdktf/provider-generator", "cdktf", "constructs", "typescript"];

const require = createRequire(import.meta.url);

/**
 * A digest of everything that decides what lib/ holds.
 *
 * @param {BindingPackage} binding
 * @returns {string} SHA-256, hexadecimal
 */
export function buildDigest(binding) {
  const hash = createHash("sha256");
  for (const name of TOOLCHAIN) hash.update(`${name} ${installedVersion(name)}\n`);
  for (const path of inputFiles(binding)) {
    const content = createHash("sha256").update(readFileSync(path)).digest("hex");
    hash.update(`${basename(path)} ${content}\n`);
  }
  return hash.digest("hex");
}

/**
 * Whether lib/ was built from these inputs.
 *
 * @param {BindingPackage} binding
 * @param {string} digest
 * @returns {boolean}
 */
export function isBuilt(binding, digest) {
  const stamp = join(binding.directory, "lib", STAMP_FILE);
  return existsSync(stamp) && readFileSync(stamp, "utf8").trim() === digest;
}

/**
 * @param {BindingPackage} binding
 * @returns {string[]}
 */
function inputFiles(binding) {
  const tools = join(packagesDirectory, "tools");
  return [
    join(binding.directory, "resources.json"),
    join(binding.directory, "schema.json"),
    ...readdirSync(tools)
      .filter((name) => name.endsWith(".mjs"))
      .sort()
      .map((name) => join(tools, name)),
  ];
}

/**
 * @param {string} name
 * @returns {string}
 */
function installedVersion(name) {
  let path;
  try {
    path = require.resolve(`${name}/package.json`);
  } catch (cause) {
    throw new Error(
      `${name} is not installed. Bindings are built with development dependencies: run "npm ci" without --omit=dev.`,
      { cause },
    );
  }
  const manifest = readJson(path);
  if (isObject(manifest) && typeof manifest.version === "string") return manifest.version;
  throw new Error(`${path}: has no version`);
}
