import { currentPlatform, newestInMirrors } from "../aws/provider-mirror";
import type { AwsProviderSource } from "../aws/provider-source";

/** The AWS provider whose calls moto is known to answer. The application also allows later ones, which never met moto. */
const TESTED = "5.100.0";
const ONLY_TESTED = { from: TESTED, below: "5.100.1" };

/** The version that the sandbox pins: the tested one, unless the provider comes from a mirror that does not hold it. */
export function pinnedAwsProvider(source: AwsProviderSource): string {
  if (source.kind === "registry") return TESTED;
  const tested = newestInMirrors([source], "registry.terraform.io/hashicorp/aws", {
    platform: currentPlatform(),
    range: ONLY_TESTED,
  });
  return tested?.version ?? source.version;
}
