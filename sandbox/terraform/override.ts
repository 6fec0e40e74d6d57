import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { isRecord } from "../../delivery/json";
import type { SynthesizedStack } from "../../delivery/manifest";
import { UserError } from "../../delivery/user-error";

/** What the override says. */
export interface OverrideOptions {
  /** The one version of the AWS provider to take of those that the application allows. */
  readonly awsProviderVersion: string;
  /** The state file of a stack, by its full name, relative to where Terraform runs. */
  readonly stateFile: (stackName: string) => string;
}

/** How cdktf names the data source with which a stack reads another one's outputs. */
const CROSS_STACK_PREFIX = "cross-stack-reference-input-";

/** The file beside `cdk.tf.json` that Terraform merges over it: override files end in `_override.tf.json`. */
export const OVERRIDE_FILE = "sandbox_override.tf.json";

/** Writes a stack's override file. @throws UserError as {@link sandboxOverride} */
export function writeOverride(stack: SynthesizedStack, options: OverrideOptions): void {
  const configuration: unknown = JSON.parse(readFileSync(stack.configurationFile, "utf8"));
  const override = sandboxOverride(configuration, stack.name, options);
  writeFileSync(join(stack.directory, OVERRIDE_FILE), `${JSON.stringify(override, null, 2)}\n`);
}

/**
 * What has to differ in the sandbox from what production gets, and nothing else: where the state is, where the other
 * stacks' states are, the providers' credentials, and which of the allowed AWS providers is taken. It is the same in
 * every run, and so are the plans; where the clouds are, which is not, is in the environment.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/override
 * @throws UserError when the stack reads a remote state that is not another stack's
 */
export function sandboxOverride(
  configuration: unknown,
  stackName: string,
  { awsProviderVersion, stateFile }: OverrideOptions,
): Record<string, unknown> {
  const providers = section(configuration, "provider");
  const required = section(section(configuration, "terraform"), "required_providers");
  const remoteStates = section(section(configuration, "data"), "terraform_remote_state");
  const aws = blocks(providers["aws"]).map(({ alias }) => ({
    ...named(alias),
    ...AWS_SETTINGS,
  }));
  const confluent = blocks(providers["confluent"]).map((block) => ({
    ...named(block["alias"]),
    ...(usesCloudKey(block) ? { cloud_api_key: "sandbox", cloud_api_secret: "sandbox" } : {}),
  }));
  const clouds = {
    ...(aws.length > 0 ? { aws } : {}),
    ...(confluent.length > 0 ? { confluent } : {}),
  };
  const states = Object.keys(remoteStates).map((id) => {
    if (!id.startsWith(CROSS_STACK_PREFIX)) {
      throw new UserError(
        `${stackName}: data.terraform_remote_state.${id} is not the state of another stack, so the sandbox cannot say where it is`,
      );
    }
    const path = stateFile(id.slice(CROSS_STACK_PREFIX.length));
    return [id, { backend: "local", config: { path } }] as const;
  });
  return {
    terraform: {
      backend: { local: { path: stateFile(stackName) } },
      ...(isRecord(required["aws"])
        ? { required_providers: { aws: { ...required["aws"], version: awsProviderVersion } } }
        : {}),
    },
    ...(states.length > 0 ? { data: { terraform_remote_state: Object.fromEntries(states) } } : {}),
    ...(Object.keys(clouds).length > 0 ? { provider: clouds } : {}),
  };
}

const AWS_SETTINGS = {
  access_key: "sandbox",
  secret_key: "sandbox",
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  max_retries: 2, // the default of 25 makes a refused call look like a hang
};

/** The control plane's provider takes a Cloud key, unless it logs in with OAuth, which tolerates no key beside it. */
function usesCloudKey(block: Record<string, unknown>): boolean {
  return block["alias"] === undefined && block["oauth"] === undefined;
}

function named(alias: unknown): Record<string, unknown> {
  return alias === undefined ? {} : { alias };
}

function section(value: unknown, key: string): Record<string, unknown> {
  const inner = isRecord(value) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
}

/** Terraform's JSON syntax allows a single block without its array. */
function blocks(value: unknown): Record<string, unknown>[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isRecord);
}
