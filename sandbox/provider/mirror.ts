import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./project-root";
import type { Vendor } from "./vendor";
import { vendors } from "./vendors";

/** Terraform's names for Node's architectures. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/**
 * Writes an unpacked filesystem mirror with the stand-in providers for this platform: what Terraform
 * installs from it is a script that starts the program where it was built. Terraform remembers a
 * hash of the package, so the script stays the same when the program is built anew, and a mirror
 * that is up to date is not touched.
 *
 * @param directory for a `filesystem_mirror` in Terraform's CLI configuration
 * @param program the built program
 * @throws Error on Windows, where Terraform cannot start a script
 */
export function writeProviderMirror(directory: string, program = builtProgram()): void {
  if (process.platform === "win32") {
    throw new Error("the sandbox's providers are shell scripts: run the sandbox in WSL");
  }
  for (const vendor of vendors) writeWrapper(directory, vendor, program);
}

function builtProgram(): string {
  return join(projectRoot(), "dist", "sandbox", "provider", "main.js");
}

function writeWrapper(directory: string, vendor: Vendor, program: string): void {
  const architecture = ARCHITECTURES[process.arch] ?? process.arch;
  const platform = `${process.platform}_${architecture}`;
  const folder = join(directory, ...vendor.source.split("/"), vendor.version, platform);
  const file = join(folder, `terraform-provider-${vendor.name}_v${vendor.version}`);
  const command = [process.execPath, program].map(quoted).join(" ");
  const script = `#!/bin/sh\nexec ${command} ${vendor.name}\n`;
  if (existsSync(file) && readFileSync(file, "utf8") === script) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, script);
  chmodSync(file, 0o755);
}

/** A word of the shell, whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
