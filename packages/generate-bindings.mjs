/**
 * Builds lib/ of every binding package from its committed schema. The root `prepare` script runs
 * it after each install; a package whose inputs have not changed is left alone.
 */
import { relative } from "node:path";
import { bindingPackages } from "./tools/binding-package.mjs";
import { buildPackage } from "./tools/build-package.mjs";

try {
  for (const binding of bindingPackages()) {
    const start = performance.now();
    const outcome = await buildPackage(binding);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const count = binding.resources.length + binding.dataSources.length;
    const what = `${binding.source} ${binding.version}, ${count} resources and data sources`;
    const took = outcome === "built" ? ` in ${seconds} s` : "";
    console.log(`${relative(process.cwd(), binding.directory)}: ${what}: ${outcome}${took}`);
  }
} catch (error) {
  console.error(
    `Cannot build the provider bindings. ${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = 1;
}
