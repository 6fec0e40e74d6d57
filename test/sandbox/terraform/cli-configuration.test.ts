import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { currentPlatform } from "../../../sandbox/aws/provider-mirror";
import {
  cliConfiguration,
  writeCliConfiguration,
} from "../../../sandbox/terraform/cli-configuration";
import { RunDirectory } from "../../../sandbox/run/directories";
import { sandboxOverride } from "../../../sandbox/terraform/override";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";
import { terraformOk } from "../provider/support/terraform";

test("the AWS provider of a mirror comes from there, and everything else from the run's", () => {
  const directory = "/opt/a mirror";
  const source = { kind: "mirror", directory, version: "5.100.0", from: "a test" } as const;

  expect(cliConfiguration("/run/mirror", source)).toBe(
    [
      "provider_installation {",
      "  filesystem_mirror {",
      `    path = "/run/mirror"`,
      `    include = ["confluentinc/confluent","snowflakedb/snowflake"]`,
      "  }",
      "  filesystem_mirror {",
      `    path = "/opt/a mirror"`,
      `    include = ["hashicorp/aws"]`,
      "  }",
      "}",
      "",
    ].join("\n"),
  );
});

test("the public registry serves what has no stand-in", () => {
  expect(cliConfiguration("/run/mirror", { kind: "registry" })).toBe(
    [
      "provider_installation {",
      "  filesystem_mirror {",
      `    path = "/run/mirror"`,
      `    include = ["confluentinc/confluent","snowflakedb/snowflake"]`,
      "  }",
      "  direct {",
      `    exclude = ["confluentinc/confluent","snowflakedb/snowflake"]`,
      "  }",
      "}",
      "",
    ].join("\n"),
  );
});

test("Terraform installs the stand-in and, of the allowed AWS providers, the pinned one", async () => {
  const mirror = temporaryDirectory();
  for (const version of ["5.100.0", "6.2.0"]) {
    const folder = `registry.terraform.io/hashicorp/aws/${version}/${currentPlatform()}`;
    writeFiles(mirror, { [`${folder}/terraform-provider-aws_v${version}`]: version });
  }
  const run = new RunDirectory(temporaryDirectory());
  const source = { kind: "mirror", directory: mirror, version: "6.2.0", from: "a test" } as const;
  writeCliConfiguration(run, source);
  const stack = {
    terraform: {
      required_providers: {
        aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" },
        confluent: { source: "confluentinc/confluent", version: "2.83.0" },
      },
    },
  };
  const override = sandboxOverride(stack, "a", {
    awsProviderVersion: "5.100.0",
    stateFile: (name) => run.stateFile(name),
  });
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(stack));
  writeFileSync(join(directory, "sandbox_override.tf.json"), JSON.stringify(override));
  await terraformOk(["init", "-input=false"], directory, {
    TF_CLI_CONFIG_FILE: run.cliConfiguration,
  });

  const lock = readFileSync(join(directory, ".terraform.lock.hcl"), "utf8");
  expect(
    [...lock.matchAll(/^provider "(.*)"|^ {2}version *= "(.*)"/gm)].map(([line]) => line),
  ).toEqual([
    `provider "registry.terraform.io/confluentinc/confluent"`,
    `  version     = "2.83.0"`,
    `provider "registry.terraform.io/hashicorp/aws"`,
    `  version     = "5.100.0"`,
  ]);
}, 60_000);
