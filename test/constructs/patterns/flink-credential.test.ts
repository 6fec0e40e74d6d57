import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { Secret } from "../../../constructs/aws/secret";
import { FlinkComputePool } from "../../../constructs/confluent/flink-compute-pool";
import { FlinkPrincipal } from "../../../constructs/confluent/flink-principal";
import { FlinkRegion } from "../../../constructs/confluent/flink-region";
import {
  PrincipalFlinkAccess,
  PublishedFlinkCredential,
} from "../../../constructs/patterns/flink-credential";
import { readSecret, secretCheck, secretField } from "../../support/checked-secret";
import { withoutHashes } from "../../support/readable";
import { streaming } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

const ACCOUNT = "confluent_service_account.Runner_Account";
const REGION = "data.confluent_flink_region.Region";
const ENVIRONMENT = "confluent_environment.Environment";

const fixture = () => {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const { environment, cluster, tables, organization } = streaming(stack);
  const principal = new FlinkPrincipal(stack, "Runner", {
    displayName: "runner",
    description: "Runs",
    environment,
    cluster,
    tables,
    reads: [],
    writes: [],
  });
  const region = new FlinkRegion(stack, "Region", { region: "us-east-1" });
  const pool = new FlinkComputePool(stack, "Pool", {
    environment,
    displayName: "lab-statements",
    region: "us-east-1",
    maxCfu: 5,
  });
  const secret = new Secret(stack, "Keys", {
    secretName: "/lab/flink",
    description: "Key",
    recoveryDays: 0,
  });
  return { stack, organization, credential: { principal, region, pool, secret } };
};

const published = () => {
  const { stack, credential } = fixture();
  new PublishedFlinkCredential(stack, "Published", credential);
  return withoutHashes(synth(stack));
};

const access = () => {
  const { stack, credential, organization } = fixture();
  const flink = new PrincipalFlinkAccess(stack, "Access", { ...credential, organization });
  return { flink, stack: withoutHashes(synth(stack)) };
};

test("the principal itself owns a key of Flink in the region", () => {
  expect(published().resource?.["confluent_api_key"]).toEqual({
    Published_Key: {
      display_name: "runner-flink",
      description: "runner-flink, managed by Terraform",
      owner: {
        id: `\${${ACCOUNT}.id}`,
        api_version: `\${${ACCOUNT}.api_version}`,
        kind: `\${${ACCOUNT}.kind}`,
      },
      managed_resource: {
        id: `\${${REGION}.id}`,
        api_version: `\${${REGION}.api_version}`,
        kind: `\${${REGION}.kind}`,
        environment: [{ id: `\${${ENVIRONMENT}.id}` }],
      },
    },
  });
});

test("the secret holds the key and whose it is; a new key, principal or environment writes it again", () => {
  const publicFields =
    `"environment.id" = ${ENVIRONMENT}.id, ` +
    `"flink.principal.id" = ${ACCOUNT}.id, ` +
    `"flink.api.key" = confluent_api_key.Published_Key.id`;
  const secretFields = `"flink.api.secret" = confluent_api_key.Published_Key.secret`;
  expect(resourcesOf(published(), "aws_secretsmanager_secret_version")).toEqual([
    {
      secret_id: "${aws_secretsmanager_secret.Keys.arn}",
      secret_string_wo: `\${jsonencode({${publicFields}, ${secretFields}})}`,
      secret_string_wo_version: `\${parseint(substr(sha256(jsonencode({${publicFields}})), 0, 13), 16)}`,
      lifecycle: { create_before_destroy: true },
    },
  ]);
});

test("the alias carries all seven arguments: one principal in one pool", () => {
  const { flink, stack } = access();
  expect(flink).toMatchObject({ principalName: "runner", poolName: "lab-statements" });
  expect(flink.provider.alias).toBe("flink-Runner-Pool");
  expect(stack.provider?.["confluent"]).toEqual([
    {},
    {
      alias: "flink-Runner-Pool",
      organization_id: "${data.confluent_organization.Organization.id}",
      environment_id: `\${${ENVIRONMENT}.id}`,
      flink_compute_pool_id: "${confluent_flink_compute_pool.Pool.id}",
      flink_principal_id: `\${${ACCOUNT}.id}`,
      flink_rest_endpoint: `\${${REGION}.rest_endpoint}`,
      flink_api_key: `\${${secretField("Access_Credential", "flink.api.key")}}`,
      flink_api_secret: `\${${secretField("Access_Credential", "flink.api.secret")}}`,
    },
  ]);
});

test("a secret of another environment or principal stops the plan", () => {
  const { stack } = access();
  expect(stack.ephemeral).toEqual({
    aws_secretsmanager_secret_version: { Access_Credential: readSecret("Keys") },
  });
  expect(stack.output).toEqual({
    Access_Credential: secretCheck("Access_Credential", {
      "environment.id": `${ENVIRONMENT}.id`,
      "flink.principal.id": `${ACCOUNT}.id`,
    }),
  });
});
