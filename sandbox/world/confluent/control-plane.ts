import { Refusal } from "../refusal";
import { text, type TerraformObject } from "../values";

/**
 * Every call about an environment, cluster, account, key or pool needs a cloud key. The sandbox overrides the provider
 * block with one that stands for whoever runs it, so any key will do; none will not.
 */
export function requireCloudKey(provider: TerraformObject): void {
  if (text(provider, "cloud_api_key") === "" || text(provider, "cloud_api_secret") === "") {
    throw new Refusal(
      401,
      "invalid API key: make sure you're using a Cloud API Key and not a Cluster API Key",
      "the provider block has no cloud_api_key and cloud_api_secret",
    );
  }
}

/** What the control plane says about an id that it does not have, or that it does not tell the caller about. */
export function forbidden(what: string): Refusal {
  return new Refusal(403, "Forbidden Access", `${what} does not exist`);
}
