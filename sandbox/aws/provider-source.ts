import { existsSync } from "node:fs";
import { join } from "node:path";

import { currentPlatform, entries, type Mirror, newestInMirrors } from "./provider-mirror";
import { configuredMirrors, given } from "./terraform-cli-configuration";

/** Where Terraform shall get the AWS provider from. */
export type AwsProviderSource =
  | {
      readonly kind: "mirror";
      /** The `path` of a `filesystem_mirror`. */
      readonly directory: string;
      readonly version: string;
      /** How it was found, for people to read. */
      readonly from: string;
    }
  | { readonly kind: "registry" };

/** What {@link locateAwsProvider} looks at. */
export interface AwsProviderSearch {
  /** `TF_CLI_CONFIG_FILE` and the XDG variables are read from it. */
  readonly env: NodeJS.ProcessEnv;
  /** The person's home directory. */
  readonly home: string;
  /** Where tools are installed. @default {@link INSTALLATION_PREFIXES} */
  readonly prefixes?: readonly string[];
  /** As Terraform names it. @default - this machine's */
  readonly platform?: string;
}

/** Where people and images put things that no package manager put there. */
export const INSTALLATION_PREFIXES = [
  "/opt",
  "/usr/local/lib",
  "/usr/local/share",
  "/usr/lib",
  "/usr/share",
  "/var/lib",
];

const HOST = "registry.terraform.io";
const PROVIDER = `${HOST}/hashicorp/aws`;
/** The versions the stacks ask for. */
const RANGE = { from: "5.100.0", below: "7.0.0" };

/**
 * Looks for an unpacked AWS provider on this machine, so that a run downloads nothing where it can: in the mirrors of the
 * person's Terraform CLI configuration, in Terraform's implied mirrors, then in a folder `registry.terraform.io` at
 * most two levels under the installation prefixes. The first of these that has one wins, with its highest version.
 *
 * @throws UserError when the Terraform CLI configuration cannot be read
 */
export function locateAwsProvider(search: AwsProviderSearch): AwsProviderSource {
  const { platform = currentPlatform() } = search;
  for (const mirrors of mirrorsInOrder(search, platform)) {
    const found = newestInMirrors(mirrors, PROVIDER, { platform, range: RANGE });
    if (found) {
      return { kind: "mirror", ...found };
    }
  }
  return { kind: "registry" };
}

/** The kinds of sources in their order; a later one is only looked for when the earlier ones have nothing. */
function* mirrorsInOrder(
  { env, home, prefixes = INSTALLATION_PREFIXES }: AwsProviderSearch,
  platform: string,
): Generator<Mirror[]> {
  yield configuredMirrors(PROVIDER, { env, home });
  yield impliedMirrors(env, home, platform);
  yield prefixes.flatMap(mirrorsUnder);
}

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function impliedMirrors(env: NodeJS.ProcessEnv, home: string, platform: string): Mirror[] {
  const data = given(env, "XDG_DATA_HOME") ?? join(home, ".local", "share");
  const shared = (given(env, "XDG_DATA_DIRS") ?? "/usr/local/share:/usr/share").split(":");
  const application = join("Library", "Application Support", "io.terraform", "plugins");
  return [
    join(home, ".terraform.d", "plugins"),
    ...(platform.startsWith("darwin")
      ? [join(home, application), join("/", application)]
      : [data, ...shared].map((directory) => join(directory, "terraform", "plugins"))),
  ].map((directory) => ({ directory, from: "one of Terraform's implied mirrors" }));
}

/** The folders at most two levels under `prefix`, itself among them, that contain a folder of the registry's name. */
function mirrorsUnder(prefix: string): Mirror[] {
  const children = (directory: string): string[] =>
    entries(directory).map((name) => join(directory, name));
  const first = children(prefix);
  return [prefix, ...first, ...first.flatMap(children)]
    .filter((directory) => existsSync(join(directory, HOST)))
    .map((directory) => ({ directory, from: `a folder found under ${prefix}` }));
}
