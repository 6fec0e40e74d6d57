import { readdirSync } from "node:fs";
import { join } from "node:path";

/** A directory with providers, laid out as Terraform's `filesystem_mirror` is. */
export interface Mirror {
  /** It contains a directory for each registry, such as `registry.terraform.io`. */
  readonly directory: string;
  /** How it was found, for people to read. */
  readonly from: string;
}

/** A provider that lies ready in a mirror. */
export interface MirroredProvider extends Mirror {
  /** Such as `5.100.0`. */
  readonly version: string;
}

/** A half-open range of versions: `from` belongs to it, `below` does not. */
export interface VersionRange {
  readonly from: string;
  readonly below: string;
}

/** Go's names, with which Terraform names a platform. */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = {
  x64: "amd64",
  arm64: "arm64",
  ia32: "386",
  arm: "arm",
};

/** This machine as Terraform names it, such as `linux_amd64`. */
export function currentPlatform(): string {
  return `${process.platform}_${ARCHITECTURES[process.arch] ?? process.arch}`;
}

/**
 * The highest version of `provider` in `range` that one of the mirrors has unpacked for `platform`. Packed mirrors (zip
 * files) are passed over: Terraform would unpack 100 MB for each stack. Pre-releases are too, as a range never means them.
 */
export function newestInMirrors(
  mirrors: readonly Mirror[],
  provider: string,
  { platform, range }: { readonly platform: string; readonly range: VersionRange },
): MirroredProvider | undefined {
  return mirrors
    .flatMap((mirror) => {
      const versions = join(mirror.directory, ...provider.split("/"));
      return entries(versions)
        .filter(
          (version) =>
            isWithin(version, range) && isUnpacked(join(versions, version, platform), provider),
        )
        .map((version) => ({ ...mirror, version }));
    })
    .sort((one, other) => compareVersions(other.version, one.version))
    .at(0);
}

/** The names in a directory; none when it is absent or may not be read, like anything that is not a mirror. */
export function entries(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isUnpacked(directory: string, provider: string): boolean {
  const program = `terraform-provider-${provider.split("/").at(-1)}`;
  return entries(directory).some((name) => name.startsWith(program) && !name.endsWith(".zip"));
}

function isWithin(version: string, { from, below }: VersionRange): boolean {
  return (
    /^\d+\.\d+\.\d+$/.test(version) &&
    compareVersions(version, from) >= 0 &&
    compareVersions(version, below) < 0
  );
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
