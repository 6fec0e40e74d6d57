import { mkdirSync, writeFileSync } from "node:fs";

import type { AwsProviderSource } from "../aws/provider-source";
import type { RunDirectory } from "../run/directories";
import { writeProviderMirror } from "../provider/mirror";

/** The providers that the sandbox brings itself. */
const STAND_INS = ["confluentinc/confluent", "snowflakedb/snowflake"];
const AWS = ["hashicorp/aws"];

/**
 * Writes the mirror with the stand-in providers and the Terraform CLI configuration that leads to it: stand-ins from there and
 * nowhere else, the AWS provider from a mirror on this machine or from the public registry.
 */
export function writeCliConfiguration(run: RunDirectory, aws: AwsProviderSource): void {
  mkdirSync(run.mirror, { recursive: true });
  writeProviderMirror(run.mirror);
  writeFileSync(run.cliConfiguration, cliConfiguration(run.mirror, aws));
}

/** The text of a Terraform CLI configuration. @see https://developer.hashicorp.com/terraform/cli/config/config-file */
export function cliConfiguration(mirror: string, aws: AwsProviderSource): string {
  const sources =
    aws.kind === "mirror"
      ? [source("filesystem_mirror", { path: aws.directory, include: AWS })]
      : [source("direct", { exclude: STAND_INS })];
  return [
    "provider_installation {",
    source("filesystem_mirror", { path: mirror, include: STAND_INS }),
    ...sources,
    "}",
    "",
  ].join("\n");
}

function source(
  kind: string,
  settings: Readonly<Record<string, string | readonly string[]>>,
): string {
  const lines = Object.entries(settings).map(
    ([name, value]) => `    ${name} = ${JSON.stringify(value)}`,
  );
  return [`  ${kind} {`, ...lines, "  }"].join("\n");
}
