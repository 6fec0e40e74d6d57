import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { messageOf, UserError } from "../../delivery/user-error";
import { type HclBody, parseHcl } from "./hcl";
import type { Mirror } from "./provider-mirror";

/**
 * The `filesystem_mirror`s of the person's Terraform CLI configuration that may serve `provider`. A configuration file
 * that does not exist has none: Terraform too only warns about that.
 *
 * @param provider - such as `registry.terraform.io/hashicorp/aws`
 * @throws UserError when a configuration file cannot be read as HCL or JSON
 */
export function configuredMirrors(
  provider: string,
  { env, home }: { readonly env: NodeJS.ProcessEnv; readonly home: string },
): Mirror[] {
  return configurationFiles(env, home).flatMap((file) =>
    mirrorBlocks(file)
      .filter((mirror) => serves(mirror, provider))
      .flatMap((mirror) => texts(mirror, "path") ?? [])
      .map((path) => ({
        directory: resolve(path),
        from: `the Terraform CLI configuration ${file}`,
      })),
  );
}

/** A variable's value; an empty one counts as absent, for Terraform as for the XDG directories. */
export function given(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === "" ? undefined : value;
}

/** The files that Terraform reads: the one an environment variable names, or those in the home directory. */
function configurationFiles(env: NodeJS.ProcessEnv, home: string): string[] {
  const chosen = given(env, "TF_CLI_CONFIG_FILE") ?? given(env, "TERRAFORM_CONFIG");
  const directory = join(home, ".terraform.d");
  const own = existsSync(directory)
    ? readdirSync(directory).filter((name) => /\.tfrc(\.json)?$/.test(name))
    : [];
  const files = chosen
    ? [chosen]
    : [join(home, ".terraformrc"), ...own.map((name) => join(directory, name))];
  return files.filter((file) => existsSync(file));
}

function mirrorBlocks(file: string): HclBody[] {
  try {
    const configuration = parseHcl(readFileSync(file, "utf8"));
    return blocks(configuration, "provider_installation").flatMap((installation) =>
      blocks(installation, "filesystem_mirror"),
    );
  } catch (error) {
    throw new UserError(
      `the Terraform CLI configuration ${file} cannot be read: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

function blocks(body: HclBody, name: string): HclBody[] {
  return (body.get(name) ?? []).filter((value) => value instanceof Map);
}

/** The texts that an attribute holds, be it one or a list; undefined when it is absent. */
function texts(body: HclBody, name: string): string[] | undefined {
  return body
    .get(name)
    ?.flat()
    .filter((value) => typeof value === "string");
}

function serves(mirror: HclBody, provider: string): boolean {
  const include = texts(mirror, "include") ?? ["*/*/*"];
  const exclude = texts(mirror, "exclude") ?? [];
  const covered = (pattern: string): boolean => covers(pattern, provider);
  return include.some(covered) && !exclude.some(covered);
}

/** Whether a pattern such as `hashicorp/*` covers a provider; without a host it speaks of the public registry. */
function covers(pattern: string, provider: string): boolean {
  const parts = pattern.split("/");
  const full = parts.length === 2 ? ["registry.terraform.io", ...parts] : parts;
  const name = provider.split("/");
  return (
    full.length === name.length && full.every((part, index) => part === "*" || part === name[index])
  );
}
