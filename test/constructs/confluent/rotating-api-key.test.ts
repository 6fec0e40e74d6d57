import { TerraformLocal } from "cdktf";

import { FlinkRegion } from "../../../constructs/confluent/flink-region";
import type { ManagedResource } from "../../../constructs/confluent/managed-resource";
import { RotatingApiKey } from "../../../constructs/confluent/rotating-api-key";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { tableflowOf } from "../../../constructs/confluent/tableflow";
import { withoutHashes } from "../../support/readable";
import { testRotation } from "../../support/rotation";
import { streaming, type StreamingFixture } from "../../support/streaming";
import { synth, testStack } from "../../support/synth";

const ACCOUNT = "confluent_service_account.Owner";
const LIVING = "local.Rotation_Living";

function key(opens: (fixture: StreamingFixture, region: FlinkRegion) => ManagedResource) {
  const stack = testStack();
  const fixture = streaming(stack);
  const region = new FlinkRegion(stack, "Region", { region: "us-east-1" });
  const rotation = testRotation(stack);
  const owner = new ServiceAccount(stack, "Owner", { displayName: "owner", description: "Owns" });
  const made = new RotatingApiKey(stack, "Key", { rotation, owner, opens: opens(fixture, region) });
  new TerraformLocal(stack, "Newest", [made.key, made.secret]);
  return withoutHashes(synth(stack));
}

const referenceTo = (address: string): object => ({
  id: `\${${address}.id}`,
  api_version: `\${${address}.api_version}`,
  kind: `\${${address}.kind}`,
});

it.each<[string, Parameters<typeof key>[0], object]>([
  [
    "kafka",
    ({ cluster }) => cluster.toManagedResource(),
    referenceTo("confluent_kafka_cluster.Cluster"),
  ],
  [
    "schema-registry",
    ({ registry }) => registry.toManagedResource(),
    referenceTo("data.confluent_schema_registry_cluster.Registry"),
  ],
  [
    "flink",
    ({ environment }, region) => region.toManagedResource(environment),
    referenceTo("data.confluent_flink_region.Region"),
  ],
  [
    "tableflow",
    ({ environment }) => tableflowOf(environment),
    { id: "tableflow", api_version: "tableflow/v1", kind: "Tableflow" },
  ],
])(
  "T-25: a key of %s is named after its owner, what it opens and its generation",
  (service, opens, managed) => {
    expect(key(opens).resource?.["confluent_api_key"]).toEqual({
      Key: {
        for_each: `\${toset(${LIVING})}`,
        display_name: `owner-${service}-\${each.key}`,
        description: `owner-${service}-\${each.key}, managed by Terraform`,
        owner: referenceTo(ACCOUNT),
        managed_resource: {
          ...managed,
          environment: [{ id: "${confluent_environment.Environment.id}" }],
        },
      },
    });
  },
);

it("A-R2: the newest key is the active one", () => {
  const { locals } = key(({ cluster }) => cluster.toManagedResource());
  expect(locals?.["Newest"]).toEqual([
    `\${confluent_api_key.Key[${LIVING}[0]].id}`,
    `\${confluent_api_key.Key[${LIVING}[0]].secret}`,
  ]);
  expect(locals?.["Rotation_Living"]).toBe(
    "${[for age in range(2) : tostring(local.Rotation_Generation - age)]}",
  );
});
