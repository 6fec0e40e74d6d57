import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Reads a JSON file.
 *
 * @param {string} path
 * @returns {unknown}
 * @throws {Error} naming the file when it cannot be read or is not JSON
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/**
 * Writes a value with sorted keys in the project's Prettier style, so that an update shows as the
 * lines that changed and the formatter has nothing to say about generated files. A reader sees
 * either the old file or the new one.
 *
 * @param {string} path
 * @param {unknown} value
 */
export async function writeJson(path, value) {
  const prettier = await import("prettier");
  const style = await prettier.resolveConfig(path, { editorconfig: true });
  const text = await prettier.format(JSON.stringify(sorted(value), undefined, 2), {
    ...style,
    parser: "json",
  });
  replaceFile(path, text);
}

/**
 * Sets the version in a package.json and keeps the order of its keys.
 *
 * @param {string} path
 * @param {string} version
 */
export function setManifestVersion(path, version) {
  const manifest = readJson(path);
  if (!isObject(manifest)) throw new Error(`${path}: must be an object`);
  if (manifest.version === version) return;
  replaceFile(path, `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`);
}

/**
 * @param {string} path
 * @param {string} text
 */
function replaceFile(path, text) {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
