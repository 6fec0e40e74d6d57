import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** @typedef {import("./binding-package.mjs").BindingPackage} BindingPackage */

const run = promisify(execFile);

/** The AWS provider's document has 60 MB; Node's default limit of 1 MB is too little for most. */
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/**
 * Asks Terraform for the schema of exactly the pinned version. Terraform downloads the provider
 * from the public registry, or takes it from a mirror that its CLI configuration names.
 *
 * @param {BindingPackage} binding
 * @returns {Promise<unknown>} the whole `terraform providers schema -json` document
 * @throws {Error} with Terraform's own message and the way without a registry
 */
export async function schemaFromTerraform(binding) {
  const directory = await mkdtemp(join(tmpdir(), `${binding.vendor}-schema-`));
  try {
    await writeFile(join(directory, "main.tf.json"), JSON.stringify(requirement(binding)));
    await terraform(binding, directory, ["init", "-backend=false", "-input=false", "-no-color"]);
    return JSON.parse(await terraform(binding, directory, ["providers", "schema", "-json"]));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** @param {BindingPackage} binding */
function requirement(binding) {
  const { vendor, source, version } = binding;
  return { terraform: { required_providers: { [vendor]: { source, version } } } };
}

/**
 * @param {BindingPackage} binding
 * @param {string} cwd
 * @param {string[]} args
 * @returns {Promise<string>} standard output
 */
async function terraform(binding, cwd, args) {
  try {
    const { stdout } = await run("terraform", args, { cwd, maxBuffer: MAX_DOCUMENT_BYTES });
    return stdout;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `Terraform cannot give the schema of ${binding.source} ${binding.version}:\n${message.trim()}\n` +
        `This needs Terraform and the public registry, or a mirror in Terraform's CLI configuration. ` +
        `Where there is neither, run "terraform providers schema -json > schema.json" elsewhere with ` +
        `this version and pass it: node packages/update-schemas.mjs ${binding.vendor} --from schema.json`,
      { cause },
    );
  }
}
