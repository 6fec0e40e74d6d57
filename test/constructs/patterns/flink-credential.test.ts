import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { Secret } from "../../../constructs/aws/secret";
import { FlinkComputePool } from "../../../constructs/confluent/flink-compute-pool";
import { FlinkPrincipal } from "../../../constructs/confluent/flink-principal";
import { FlinkRegion } from "../../../constructs/confluent/flink-region";
import { RotatingApiKey } from "../../../constructs/confluent/rotating-api-key";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { ResourceNames } from "../../../constructs/core/naming";
import {
  PrincipalFlinkAccess,
  PublishedFlinkCredential,
} from "../../../constructs/patterns/flink-credential";
import { flinkDocument } from "../../../constructs/patterns/secret-documents";
import { readSecret, secretCheck, secretField } from "../../support/checked-secret";
import { withoutHashes } from "../../support/readable";
import { NEWEST, testRotation } from "../../support/rotation";
import { secretValue } from "../../support/secret-value";
import { streaming } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

const ACCOUNT = "confluent_service_account.Runner_Account";
const REGION = "data.confluent_flink_region.Region";
const ENVIRONMENT = "confluent_environment.Environment";

const fixture = () => {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const { environment, cluster, organization, tables } = streaming(stack);
  const deployer = new ServiceAccount(stack, "Deployer", { displayName: "d", description: "D" });
  const principal = new FlinkPrincipal(stack, "Runner", {
    displayName: "runner",
    description: "Runs",
    organization,
    cluster,
    deployer,
  });
  const region = new FlinkRegion(stack, "Region", { region: "us-east-1" });
  const pool = new FlinkComputePool(stack, "Pool", {
    environment,
    displayName: "lab-statements",
    region: "us-east-1",
    maxCfu: 5,
  });
  const secret = new Secret(stack, "Keys", {
    document: flinkDocument("runner"),
    names: new ResourceNames("lab", "test"),
    recoveryDays: 0,
  });
  const credential = { organization, region, principal, pool, secret };
  return { stack, environment, deployer, credential, tables };
};

const access = () => {
  const { stack, credential, tables } = fixture();
  const flink = new PrincipalFlinkAccess(stack, "Access", { ...credential, tables });
  return { flink, stack: withoutHashes(synth(stack)) };
};

test("A-07, A-10: the secret holds the deployer's newest key, and where and as whom statements run, in one vocabulary", () => {
  const { stack, environment, deployer, credential } = fixture();
  const key = new RotatingApiKey(stack, "Key", {
    rotation: testRotation(stack),
    owner: deployer,
    opens: credential.region.toManagedResource(environment),
  });
  new PublishedFlinkCredential(stack, "Published", { ...credential, key });

  const newest = `confluent_api_key.Key[${NEWEST}]`;
  const synthesized = withoutHashes(synth(stack));
  expect(resourcesOf(synthesized, "aws_secretsmanager_secret")).toMatchObject([
    { name: "/confluent_cloud_resource/lab-test/terraform/runner" },
  ]);
  expect(resourcesOf(synthesized, "aws_secretsmanager_secret_version")).toEqual([
    secretValue(
      "Keys",
      {
        "flink.cloud": '"AWS"',
        "flink.region": '"us-east-1"',
        "flink.api.key": `${newest}.id`,
        "organization.id": "data.confluent_organization.Organization.id",
        "environment.id": `${ENVIRONMENT}.id`,
        "flink.compute.pool.id": "confluent_flink_compute_pool.Pool.id",
        "flink.principal.id": `${ACCOUNT}.id`,
      },
      { "flink.api.secret": `${newest}.secret` },
      [`${newest}.id`],
    ),
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

test.each([
  ["grantRead", ["DeveloperRead-subject-orders-value", "DeveloperRead-topic-orders"]],
  ["grantWrite", ["DeveloperRead-subject-orders-value", "DeveloperWrite-topic-orders"]],
  [
    "grantOwn",
    [
      "DeveloperManage-topic-orders",
      "DeveloperRead-subject-orders-value",
      "DeveloperWrite-subject-orders-value",
      "DeveloperWrite-topic-orders",
    ],
  ],
] as const)(
  "%s gives the principal its roles beside the access, once, and what needs them can wait for each",
  (grant, ids) => {
    const { stack, credential, tables } = fixture();
    const flink = new PrincipalFlinkAccess(stack, "Access", { ...credential, tables });

    const granted = flink[grant]({ name: "orders" });
    const again = flink[grant]({ name: "orders" });

    expect(again).toEqual(granted);
    expect(granted.map(({ fqn }) => fqn).sort()).toHaveLength(ids.length);
    const bindings = Object.entries(
      withoutHashes(synth(stack)).resource?.["confluent_role_binding"] ?? {},
    ).filter(([id]) => id.startsWith("Access_"));
    expect(bindings.map(([id]) => id.replace("Access_", "")).sort()).toEqual(ids);
    expect(bindings.map(([, { principal }]) => principal)).toEqual(
      ids.map(() => `User:\${${ACCOUNT}.id}`),
    );
  },
);
