import type { RunDirectory } from "../run/directories";
import type { FlinkEngine } from "../run/engine";
import { WORLD_VARIABLE } from "../provider/confluent/provider-block";
import type { ServiceUrls } from "../run/run-record";

/** Variables that could lead a child to a real account, or change what Terraform does. */
const FOREIGN =
  /^(AWS|CONFLUENT|KAFKA|FLINK|SCHEMA_REGISTRY|TABLEFLOW|SNOWFLAKE|TF|CDKTF)_|^(TERRAFORM_BINARY_NAME|DEPLOY_ENVIRONMENT|CHECKPOINT_DISABLE|HOME)$/;

/** Variables of the application itself that a person sets for one command. */
const OWN = new Set(["TF_VAR_rotate_now"]);

/** Names the run that a process belongs to; inherited by all its children, so that none is overlooked. */
export const RUN_VARIABLE = "LAKEHOUSE_SANDBOX_RUN";

/** What the environment depends on. */
export interface TerraformEnvironmentOptions {
  readonly run: RunDirectory;
  /** The run's nonce. */
  readonly nonce: string;
  /** By which engine the jobs come about that could by either: the environment `sandbox` reads it. */
  readonly engine?: FlinkEngine;
  /** Where the clouds are. @default - not known yet */
  readonly services?: ServiceUrls;
  /** The time that Terraform's plans count with, RFC 3339. @default - the plan's own */
  readonly now?: string;
  /** Where downloaded providers are kept. @default - nothing is downloaded */
  readonly pluginCache?: string;
}

/**
 * The environment of cdktf and Terraform in the sandbox: the person's own, without anything that belongs to a real
 * account, and with a home directory, a Terraform CLI configuration and caches of the run's own.
 */
export function terraformEnvironment(
  own: NodeJS.ProcessEnv,
  { run, nonce, engine, services, now, pluginCache }: TerraformEnvironmentOptions,
): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !FOREIGN.test(name) || OWN.has(name));
  return {
    ...Object.fromEntries(kept),
    HOME: run.home,
    [RUN_VARIABLE]: nonce,
    DEPLOY_ENVIRONMENT: "sandbox",
    ...(engine === undefined ? {} : { FLINK_ENGINE: engine }),
    CI: "1",
    CHECKPOINT_DISABLE: "1",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    TF_IN_AUTOMATION: "1",
    TF_CLI_CONFIG_FILE: run.cliConfiguration,
    ...(pluginCache === undefined ? {} : { TF_PLUGIN_CACHE_DIR: pluginCache }),
    AWS_EC2_METADATA_DISABLED: "true",
    ...(now === undefined ? {} : { TF_VAR_rotation_clock: now }),
    ...(services && { AWS_ENDPOINT_URL: services.awsUrl, [WORLD_VARIABLE]: services.worldUrl }),
  };
}
