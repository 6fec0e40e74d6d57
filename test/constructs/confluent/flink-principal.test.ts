import { FlinkPrincipal } from "../../../constructs/confluent/flink-principal";
import { KafkaClusterTier } from "../../../constructs/confluent/kafka-cluster-tier";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { withoutHashes } from "../../support/readable";
import { streaming } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";

function principal(tier = KafkaClusterTier.standard()) {
  const stack = testStack();
  const { cluster, organization } = streaming(stack, tier);
  const deployer = new ServiceAccount(stack, "Deployer", { displayName: "d", description: "D" });
  new FlinkPrincipal(stack, "Runner", {
    displayName: "runner",
    description: "Runs",
    organization,
    cluster,
    deployer,
  });
  return stack;
}

test("K-03, T-15, T-17: a principal may commit, its deployer may run statements as it, and no binding is chained", () => {
  const transactions =
    "${confluent_kafka_cluster.Cluster.rbac_crn}/kafka=${confluent_kafka_cluster.Cluster.id}/transactional-id=_confluent-flink_*";
  const runner = "User:${confluent_service_account.Runner_Account.id}";
  expect(withoutHashes(synth(principal())).resource?.["confluent_role_binding"]).toEqual({
    "Runner_Account_DeveloperRead-transactions": {
      principal: runner,
      role_name: "DeveloperRead",
      crn_pattern: transactions,
    },
    "Runner_Account_DeveloperWrite-transactions": {
      principal: runner,
      role_name: "DeveloperWrite",
      crn_pattern: transactions,
    },
    Runner_Assigner: {
      principal: "User:${confluent_service_account.Deployer.id}",
      role_name: "Assigner",
      crn_pattern:
        "${data.confluent_organization.Organization.resource_name}/service-account=${confluent_service_account.Runner_Account.id}",
    },
  });
});

test("C-16: a principal owns no key: it submits nothing", () => {
  expect(resourcesOf(synth(principal()), "confluent_api_key")).toEqual([]);
});

test("fails on a basic cluster, which cannot let it commit", () => {
  expect(() => principal(KafkaClusterTier.basic())).toThrow(
    'test/Cluster: a basic cluster has no role bindings on topics, groups and transactional ids, got a grant on transactional-id "_confluent-flink_*"; use KafkaClusterTier.standard() or above',
  );
});
