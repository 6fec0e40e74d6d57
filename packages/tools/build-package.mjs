import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildDigest, isBuilt, STAMP_FILE } from "./build-stamp.mjs";

/** @typedef {import("./binding-package.mjs").BindingPackage} BindingPackage */

/** A build's private folder is `.build-<process id>-<random>`. Git ignores it. */
const STAGING_PREFIX = ".build-";

/**
 * Brings a package's lib/ up to date with its schema. Everything is made in a folder beside lib/
 * and moved into place at the end, so an interrupted build leaves the old lib/ or none.
 *
 * @param {BindingPackage} binding
 * @returns {Promise<"built" | "up to date">}
 */
export async function buildPackage(binding) {
  removeAbandonedStaging(binding.directory);
  const digest = buildDigest(binding);
  if (isBuilt(binding, digest)) return "up to date";

  const staging = mkdtempSync(join(binding.directory, `${STAGING_PREFIX}${process.pid}-`));
  try {
    // Loading the compiler and the generator takes a second, which an up-to-date package saves.
    const [{ emitSource }, { compile }] = await Promise.all([
      import("./emit-source.mjs"),
      import("./compile.mjs"),
    ]);
    const source = join(staging, "src");
    const output = join(staging, "lib");
    await emitSource(binding, source);
    compile(source, output);
    writeFileSync(join(output, STAMP_FILE), `${digest}\n`);
    replaceLib(binding, output, join(staging, "previous-lib"), digest);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return "built";
}

/**
 * @param {BindingPackage} binding
 * @param {string} output
 * @param {string} previous where the old lib/ goes
 * @param {string} digest
 */
function replaceLib(binding, output, previous, digest) {
  const lib = join(binding.directory, "lib");
  try {
    if (existsSync(lib)) renameSync(lib, previous);
    renameSync(output, lib);
  } catch (error) {
    // Another process has finished the same build in the meantime: its result is as good.
    if (!isBuilt(binding, digest)) throw error;
  }
}

/**
 * Removes what killed builds left; running builds keep theirs.
 *
 * @param {string} directory
 */
function removeAbandonedStaging(directory) {
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(STAGING_PREFIX)) continue;
    const pid = Number.parseInt(name.slice(STAGING_PREFIX.length), 10);
    // In a container a killed build's process id soon returns, perhaps as this process's.
    if (pid !== process.pid && isRunning(pid)) continue;
    rmSync(join(directory, name), { recursive: true, force: true });
  }
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
