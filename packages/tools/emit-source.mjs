import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isObject, readJson } from "./json-file.mjs";

/** @typedef {import("./binding-package.mjs").BindingPackage} BindingPackage */
/** @typedef {import("@cdktf/commons").ProviderSchema} ProviderSchema */

/** Re-export every class of the provider: loading one costs seconds, so none is built. */
const BARRELS = ["index.ts", "lazy-index.ts"];

/**
 * Writes a package's TypeScript source as a published `@cdktf/provider-*` package lays it out: one
 * kebab-case folder a resource (`kafka-topic/index.ts`), data sources prefixed `data-<vendor>-`,
 * and `provider/index.ts`.
 *
 * @param {BindingPackage} binding
 * @param {string} directory does not exist yet
 */
export async function emitSource(binding, directory) {
  const { CodeMaker, TerraformProviderGenerator, target } = await loadGenerator(binding);
  const code = new CodeMaker();
  new TerraformProviderGenerator(code, readProviderSchema(binding)).generate(target);

  // The generator writes providers/<vendor>/<resource>/index.ts.
  const unpacked = `${directory}.unpacked`;
  mkdirSync(unpacked);
  await code.save(unpacked);
  renameSync(join(unpacked, "providers", binding.vendor), directory);
  rmSync(unpacked, { recursive: true });
  for (const barrel of BARRELS) rmSync(join(directory, barrel));
}

/** @param {BindingPackage} binding */
async function loadGenerator(binding) {
  // On load the generator's library runs `terraform version` and reports a failure to a HashiCorp
  // service. Generating needs neither Terraform nor the network, and `npm ci` must not either.
  process.env.CHECKPOINT_DISABLE = "1";
  process.env.TERRAFORM_BINARY_NAME = "not-needed-to-generate-bindings";
  const { CodeMaker, TerraformProviderConstraint, TerraformProviderGenerator } =
    await import("@cdktf/provider-generator");
  const { ConstructsMakerProviderTarget, Language } = await import("@cdktf/commons");
  const constraint = new TerraformProviderConstraint({
    name: binding.vendor,
    source: binding.source,
    version: binding.version,
  });
  const target = new ConstructsMakerProviderTarget(constraint, Language.TYPESCRIPT);
  return { CodeMaker, TerraformProviderGenerator, target };
}

/**
 * The committed schema, with the provider version that the generated code shall name.
 *
 * @param {BindingPackage} binding
 * @returns {ProviderSchema}
 */
function readProviderSchema(binding) {
  const path = join(binding.directory, "schema.json");
  const schema = readJson(path);
  const remedy = `run "node packages/update-schemas.mjs ${binding.vendor}"`;
  if (!isObject(schema) || !isObject(schema.provider_schemas)) {
    throw new Error(`${path}: is no provider schema document; ${remedy}`);
  }
  if (!(binding.address in schema.provider_schemas)) {
    throw new Error(`${path}: has no schema of ${binding.address}; ${remedy}`);
  }
  return { ...schema, provider_versions: { [binding.address]: binding.version } };
}
