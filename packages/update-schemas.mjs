/**
 * Rewrites schema.json and behaviour.json of the binding packages for what resources.json lists.
 * See README.md beside this file.
 */
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { bindingPackages } from "./tools/binding-package.mjs";
import { readJson, setManifestVersion, writeJson } from "./tools/json-file.mjs";
import { selectFacts } from "./tools/select-facts.mjs";
import { selectSchema } from "./tools/select-schema.mjs";
import { schemaFromTerraform } from "./tools/terraform-schema.mjs";

/** @typedef {import("./tools/binding-package.mjs").BindingPackage} BindingPackage */

const USAGE =
  "Usage: node packages/update-schemas.mjs [vendor] [--from <schema document>] [--facts <behaviour document>]";

try {
  const { bindings, from, facts } = parseCommandLine();
  // Everything is worked out before anything is written: a mistake in one list leaves all files alone.
  const updates = [];
  for (const binding of bindings) updates.push(await prepareUpdate(binding, from, facts));
  for (const update of updates) await write(update);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @returns {{ bindings: BindingPackage[], from?: string, facts?: string }} */
function parseCommandLine() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { from: { type: "string" }, facts: { type: "string" } },
  });
  const [vendor, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`Unexpected argument "${rest.join(" ")}". ${USAGE}`);
  if (vendor === undefined && values.facts !== undefined) {
    throw new Error(`--facts needs a vendor: a behaviour document is about one provider. ${USAGE}`);
  }
  const packages = bindingPackages();
  const bindings = packages.filter((binding) => vendor === undefined || binding.vendor === vendor);
  if (bindings.length === 0) {
    const known = packages.map((binding) => binding.vendor).join(", ");
    throw new Error(`There is no packages/provider-${vendor}; known vendors: ${known}. ${USAGE}`);
  }
  return { bindings, ...values };
}

/**
 * @param {BindingPackage} binding
 * @param {string | undefined} from
 * @param {string | undefined} factsFrom
 */
async function prepareUpdate(binding, from, factsFrom) {
  const document = from === undefined ? await schemaFromTerraform(binding) : readJson(from);
  const origin = from ?? `The schema of ${binding.source} ${binding.version}`;
  const factsOrigin = factsFrom ?? join(binding.directory, "behaviour.json");
  return {
    binding,
    schema: selectSchema(document, binding, origin),
    ...selectFacts(readJson(factsOrigin), binding, factsOrigin),
  };
}

/** @param {Awaited<ReturnType<typeof prepareUpdate>>} update */
async function write({ binding, schema, facts, missing }) {
  const folder = relative(process.cwd(), binding.directory);
  await writeJson(join(binding.directory, "schema.json"), schema);
  await writeJson(join(binding.directory, "behaviour.json"), facts);
  setManifestVersion(join(binding.directory, "package.json"), binding.version);
  const counts = `${binding.resources.length} resources, ${binding.dataSources.length} data sources`;
  console.log(`${folder}: schema of ${binding.source} ${binding.version}: ${counts}`);
  if (missing.length === 0) return;
  process.exitCode = 1;
  console.error(
    `${folder}/behaviour.json has no facts about ${missing.join(", ")}.\n` +
      `Facts are what a schema does not say: what forces replacement, defaults, conflicts, allowed ` +
      `values. Read them in the provider's source at v${binding.version} and add an entry for each ` +
      `("{}" where the source adds nothing), or pass a document that has them with --facts.`,
  );
}
