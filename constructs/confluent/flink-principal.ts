import { Construct } from "constructs";

import type { KafkaCluster } from "./kafka-cluster";
import type { Organization } from "./organization";
import { RoleBinding } from "./role-binding";
import { ServiceAccount } from "./service-account";

export interface FlinkPrincipalProps {
  readonly displayName: string;
  readonly description: string;
  readonly organization: Organization;
  readonly cluster: KafkaCluster;

  /** Who submits statements that run as this principal. It needs `FlinkDeveloper` in the environment besides. */
  readonly deployer: ServiceAccount;
}

/**
 * The identity that Flink statements run as. By itself it may use the transactions with which Flink commits, and
 * nothing else: tables are granted by the statements that name them. It owns no key, for it submits nothing.
 *
 * @see https://docs.confluent.io/cloud/current/flink/operate-and-deploy/flink-rbac.html
 */
export class FlinkPrincipal extends Construct {
  readonly account: ServiceAccount;

  constructor(scope: Construct, id: string, props: FlinkPrincipalProps) {
    super(scope, id);
    this.account = new ServiceAccount(this, "Account", {
      displayName: props.displayName,
      description: props.description,
    });
    for (const role of ["DeveloperRead", "DeveloperWrite"] as const) {
      new RoleBinding(this.account, `${role}-transactions`, {
        role,
        crnPattern: props.cluster.crnOf("transactional-id", "_confluent-flink_*"),
      });
    }
    new RoleBinding(props.deployer.within(this), "Assigner", {
      role: "Assigner",
      crnPattern: props.organization.crnOf(this.account),
    });
  }
}
