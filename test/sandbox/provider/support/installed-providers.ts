import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeProviderMirror } from "../../../../sandbox/provider/mirror";
import { compiledProgram } from "../../../support/compiled-programs";

/**
 * Writes a mirror with the stand-ins and the CLI configuration that makes Terraform install from it.
 *
 * @returns what Terraform needs in its environment
 */
export function installedProviders(directory: string): NodeJS.ProcessEnv {
  const mirror = join(directory, "mirror");
  writeProviderMirror(mirror, compiledProgram("sandbox/provider/main.js"));
  const file = join(directory, "terraform.rc");
  const method = `filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }`;
  writeFileSync(file, `provider_installation {\n  ${method}\n}\n`);
  return { TF_CLI_CONFIG_FILE: file };
}
