import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { currentPlatform } from "../../../sandbox/aws/provider-mirror";
import { locateAwsProvider } from "../../../sandbox/aws/provider-source";
import { pinnedAwsProvider } from "../../../sandbox/terraform/aws-provider-version";
import { terraformOk } from "../../sandbox/provider/support/terraform";
import { temporaryDirectory } from "../../support/temporary-directory";

const PROVIDER = "registry.terraform.io/hashicorp/aws";

export interface RunningAwsProvider {
  /** Text of `TF_REATTACH_PROVIDERS` for this provider alone. */
  readonly reattach: string;
  readonly version: string;
  stop(): Promise<void>;
}

/**
 * Starts the real AWS provider once for many commands of Terraform, which is what its flag `-debug` is for: to start
 * its 700 MB for each plan takes longer than the plan.
 *
 * @param url the endpoint of every AWS service
 */
export async function runningAwsProvider(url: string): Promise<RunningAwsProvider> {
  const { providers, version } = await installedProvider();
  const directory = join(providers, PROVIDER, version, currentPlatform());
  const program = readdirSync(directory).find((name) => name.startsWith("terraform-provider-aws"));
  const child = spawn(join(directory, program ?? ""), ["-debug"], {
    env: { PATH: process.env["PATH"], AWS_ENDPOINT_URL: url, AWS_EC2_METADATA_DISABLED: "true" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  const reattach = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const [, value] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(output) ?? [];
      if (value !== undefined) resolve(value);
    });
    void ended.then(() => {
      reject(new Error(`the AWS provider ended: ${output}`));
    });
  });
  return {
    reattach,
    version,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/** Where the provider's program is: in a mirror on this machine, or downloaded from the public registry. */
async function installedProvider(): Promise<{ providers: string; version: string }> {
  const source = locateAwsProvider({ env: process.env, home: homedir() });
  const version = pinnedAwsProvider(source);
  if (source.kind === "mirror") return { providers: source.directory, version };
  const directory = temporaryDirectory();
  const required = { aws: { source: "hashicorp/aws", version } };
  const configuration = JSON.stringify({ terraform: { required_providers: required } });
  writeFileSync(join(directory, "main.tf.json"), configuration);
  await terraformOk(["init", "-no-color"], directory);
  return { providers: join(directory, ".terraform", "providers"), version };
}
