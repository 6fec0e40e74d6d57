import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { EphemeralSecret } from "../../../constructs/aws/ephemeral-secret";
import { Secret } from "../../../constructs/aws/secret";
import { secretDocument } from "../../../constructs/aws/secret-document";
import { ResourceNames } from "../../../constructs/core/naming";
import { terraform, type TerraformRun } from "../../sandbox/provider/support/terraform";
import { synth, testStack } from "../../support/synth";
import { temporaryDirectory } from "../../support/temporary-directory";

/** A module of nothing but the synthesized check, which reads the secret from a variable instead of AWS. */
function checkOfSecret(): string {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  new EphemeralSecret(stack, "Read", {
    secret: new Secret(stack, "Keys", {
      document: secretDocument({
        path: ["keys"],
        description: "Keys",
        publicFields: ["kafka.cluster.id", "schema.registry.id"],
        secretFields: [],
      }),
      names: new ResourceNames("lab", "test"),
      recoveryDays: 0,
    }),
    expect: { "kafka.cluster.id": "lkc-ours", "schema.registry.id": "lsrc-ours" },
  });
  const output = JSON.stringify(synth(stack).output).replaceAll(
    "ephemeral.aws_secretsmanager_secret_version.Read.secret_string",
    "var.secret",
  );
  const directory = temporaryDirectory();
  writeFileSync(
    join(directory, "check.tf.json"),
    `{ "variable": { "secret": { "type": "string", "ephemeral": true } }, "output": ${output} }`,
  );
  return directory;
}

function plan(directory: string, secret: Readonly<Record<string, string>>): Promise<TerraformRun> {
  return terraform(["plan", "-input=false", "-json"], directory, {
    TF_VAR_secret: JSON.stringify(secret),
  });
}

/** What Terraform reports as errors, in its own machine-readable form. */
function errors({ stdout }: TerraformRun): unknown[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { diagnostic?: { severity: string; detail: string } })
    .flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [diagnostic.detail] : []));
}

const message = (field: string) =>
  `The secret's ${field} is not that of this environment. Deploy streaming-credentials, or look who else wrote the secret.`;
const ours = {
  "kafka.cluster.id": "lkc-ours",
  "schema.registry.id": "lsrc-ours",
  "kafka.api.key": "K1",
};

test("Terraform plans with the secret that the stack expects, whatever else it holds", async () => {
  const run = await plan(checkOfSecret(), ours);
  expect({ exitCode: run.exitCode, errors: errors(run) }).toEqual({ exitCode: 0, errors: [] });
});

test.each(["kafka.cluster.id", "schema.registry.id"])(
  "Terraform plans nothing with a secret of another %s, and says so",
  async (field) => {
    const run = await plan(checkOfSecret(), { ...ours, [field]: "theirs" });
    expect({ exitCode: run.exitCode, errors: errors(run) }).toEqual({
      exitCode: 1,
      errors: [message(field)],
    });
  },
);
