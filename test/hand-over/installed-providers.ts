import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";

import { locateAwsProvider } from "../../sandbox/aws/provider-source";
import { WORLD_VARIABLE } from "../../sandbox/provider/confluent/provider-block";
import { writeProviderMirror } from "../../sandbox/provider/mirror";
import { RunDirectory } from "../../sandbox/run/directories";
import { pinnedAwsProvider } from "../../sandbox/terraform/aws-provider-version";
import { cliConfiguration } from "../../sandbox/terraform/cli-configuration";
import type { CloudUrls, Providers } from "../rotation/support/clouds";
import { compiledProgram } from "../support/compiled-programs";
import { temporaryDirectory } from "../support/temporary-directory";

/** Providers that Terraform starts itself, one process for each configuration, as in the sandbox. */
export function installedProviders({ aws, world }: CloudUrls): Promise<Providers> {
  const run = new RunDirectory(temporaryDirectory());
  const source = locateAwsProvider({ env: process.env, home: homedir() });
  mkdirSync(run.mirror, { recursive: true });
  writeProviderMirror(run.mirror, compiledProgram("sandbox/provider/main.js"));
  writeFileSync(run.cliConfiguration, cliConfiguration(run.mirror, source));
  return Promise.resolve({
    awsProviderVersion: pinnedAwsProvider(source),
    environment: {
      TF_CLI_CONFIG_FILE: run.cliConfiguration,
      AWS_ENDPOINT_URL: aws,
      AWS_EC2_METADATA_DISABLED: "true",
      [WORLD_VARIABLE]: world,
    },
    stop: () => Promise.resolve(),
  });
}
