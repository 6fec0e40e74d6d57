import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { Secret } from "../../../constructs/aws/secret";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { ResourceNames } from "../../../constructs/core/naming";
import { tableflowDocument } from "../../../constructs/patterns/secret-documents";
import { PublishedTableflowCredential } from "../../../constructs/patterns/tableflow-credential";
import { withoutHashes } from "../../support/readable";
import { NEWEST, testRotation } from "../../support/rotation";
import { secretValue } from "../../support/secret-value";
import { streaming } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

test("A-11: the secret holds the owner's newest Tableflow key, the environment and the cluster", () => {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const { environment, cluster } = streaming(stack);
  new PublishedTableflowCredential(stack, "Published", {
    secret: new Secret(stack, "Keys", {
      document: tableflowDocument,
      names: new ResourceNames("lab", "test"),
      recoveryDays: 0,
    }),
    rotation: testRotation(stack),
    owner: new ServiceAccount(stack, "Owner", { displayName: "owner", description: "Owns" }),
    environment,
    cluster,
  });

  const newest = `confluent_api_key.Published_Key[${NEWEST}]`;
  const synthesized = withoutHashes(synth(stack));
  expect(resourcesOf(synthesized, "confluent_api_key")).toMatchObject([
    { display_name: "owner-tableflow-${each.key}", managed_resource: { id: "tableflow" } },
  ]);
  expect(resourcesOf(synthesized, "aws_secretsmanager_secret_version")).toEqual([
    secretValue(
      "Keys",
      {
        "tableflow.api.key": `${newest}.id`,
        "environment.id": "confluent_environment.Environment.id",
        "kafka.cluster.id": "confluent_kafka_cluster.Cluster.id",
      },
      { "tableflow.api.secret": `${newest}.secret` },
      [`${newest}.id`],
    ),
  ]);
});
