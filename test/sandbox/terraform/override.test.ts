import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { isRecord } from "../../../delivery/json";
import { type OverrideOptions, sandboxOverride } from "../../../sandbox/terraform/override";
import { temporaryDirectory } from "../../support/temporary-directory";
import { terraformOk } from "../provider/support/terraform";
import { applicationStacks } from "../support/application";

const options: OverrideOptions = {
  awsProviderVersion: "5.100.0",
  stateFile: (name) => `/states/${name}.tfstate`,
};

/** The places of all values that are neither an object nor an array: `provider.aws.0.region`. */
function leaves(value: unknown, path: readonly string[] = []): [string, unknown][] {
  if (!isRecord(value) && !Array.isArray(value)) return [[path.join("."), value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

/** All that may differ from what production gets. */
const ALLOWED: readonly RegExp[] = [
  /^terraform\.backend\.local\.path$/,
  /^terraform\.required_providers\.aws\.(source|version)$/,
  /^data\.terraform_remote_state\.cross-stack-reference-input-[\w-]+\.(backend|config\.path)$/,
  /^provider\.(aws|confluent)\.\d\.alias$/,
  /^provider\.aws\.\d\.(access_key|secret_key|skip_credentials_validation|skip_metadata_api_check|max_retries)$/,
  /^provider\.confluent\.\d\.(cloud_api_key|cloud_api_secret)$/,
];

describe.each(["sandbox", "dev", "prod"] as const)("the stacks of %s", (environment) => {
  const stacks = Object.entries(applicationStacks(environment));

  test.each(stacks)("%s: nothing else is overridden", (name, stack) => {
    const override = sandboxOverride(stack, name, options);
    const others = leaves(override)
      .map(([path]) => path)
      .filter((path) => !ALLOWED.some((allowed) => allowed.test(path)));

    expect(others).toEqual([]);
    expect(override).not.toHaveProperty("resource");
  });

  test.each(stacks)("%s: its state, and those it reads, are the sandbox's", (name, stack) => {
    const override = new Map(leaves(sandboxOverride(stack, name, options)));
    const read = Object.keys(stack.data?.["terraform_remote_state"] ?? {});

    expect(override.get("terraform.backend.local.path")).toBe(options.stateFile(name));
    for (const id of read) {
      const place = `data.terraform_remote_state.${id}`;
      const other = id.replace("cross-stack-reference-input-", "");
      expect(override.get(`${place}.backend`)).toBe("local");
      expect(override.get(`${place}.config.path`)).toBe(options.stateFile(other));
    }
  });

  test.each(stacks)("%s: every provider's block is met, by its alias", (name, stack) => {
    const providers = sandboxOverride(stack, name, options)["provider"];
    const blocksOf = (provider: string): unknown => isRecord(providers) && providers[provider];
    const aliasesOf = (provider: string): { readonly alias?: unknown }[] =>
      (stack.provider?.[provider] ?? []).map(({ alias }) => (alias ? { alias } : {}));

    expect(Object.keys(stack.provider ?? {}).sort()).toEqual(["aws", "confluent"]);
    expect(blocksOf("aws")).toEqual(
      aliasesOf("aws").map((alias) => ({
        ...alias,
        access_key: "sandbox",
        secret_key: "sandbox",
        skip_credentials_validation: true,
        skip_metadata_api_check: "true",
        max_retries: 2,
      })),
    );
    expect(blocksOf("confluent")).toEqual(
      aliasesOf("confluent").map((alias) =>
        alias.alias ? alias : { cloud_api_key: "sandbox", cloud_api_secret: "sandbox" },
      ),
    );
  });
});

test("the AWS provider's source stays and its version becomes the pinned one", () => {
  const stack = { terraform: { required_providers: { aws: { source: "aws", version: ">= 5" } } } };

  expect(sandboxOverride(stack, "a", options)["terraform"]).toEqual({
    backend: { local: { path: "/states/a.tfstate" } },
    required_providers: { aws: { source: "aws", version: "5.100.0" } },
  });
});

test("a stack without AWS gets none", () => {
  const stack = { provider: { confluent: {} } };

  expect(sandboxOverride(stack, "a", options)).toEqual({
    terraform: { backend: { local: { path: "/states/a.tfstate" } } },
    provider: {
      confluent: [{ cloud_api_key: "sandbox", cloud_api_secret: "sandbox" }],
    },
  });
});

test("a provider that logs in with OAuth gets no key beside it, nor does an alias", () => {
  const stack = { provider: { confluent: [{ oauth: [{}] }, { alias: "streams" }] } };

  expect(sandboxOverride(stack, "a", options)["provider"]).toEqual({
    confluent: [{}, { alias: "streams" }],
  });
});

test("a remote state that is not another stack's is refused", () => {
  const stack = { data: { terraform_remote_state: { network: { backend: "s3" } } } };

  expect(() => sandboxOverride(stack, "a", options)).toThrow(
    "a: data.terraform_remote_state.network is not the state of another stack, so the sandbox cannot say where it is",
  );
});

test("Terraform itself takes states from the sandbox where production has them in S3", async () => {
  const root = temporaryDirectory();
  const stateFile = (name: string): string => join(root, `${name}.tfstate`);
  const stackOf = (name: string, rest: object): string => {
    const directory = temporaryDirectory();
    const bucket = { bucket: "production", key: name, region: "us-east-1" };
    const stack = { terraform: { backend: { s3: bucket } }, ...rest };
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(stack));
    const override = sandboxOverride(stack, name, { ...options, stateFile });
    writeFileSync(join(directory, "sandbox_override.tf.json"), JSON.stringify(override));
    return directory;
  };
  const remote = { backend: "s3", config: { bucket: "production", key: "first" } };
  const first = stackOf("first", { output: { id: { value: "of the first" } } });
  const second = stackOf("second", {
    data: { terraform_remote_state: { "cross-stack-reference-input-first": remote } },
    output: {
      id: {
        value: "${data.terraform_remote_state.cross-stack-reference-input-first.outputs.id}",
      },
    },
  });
  for (const directory of [first, second]) {
    await terraformOk(["init", "-input=false"], directory);
    await terraformOk(["apply", "-input=false", "-auto-approve"], directory);
  }

  expect(JSON.parse(readFileSync(stateFile("second"), "utf8"))).toMatchObject({
    outputs: { id: { value: "of the first" } },
  });
}, 60_000);
