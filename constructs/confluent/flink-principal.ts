import { Construct } from "constructs";

import type { Environment } from "./environment";
import type { KafkaCluster } from "./kafka-cluster";
import { RoleBinding } from "./role-binding";
import { ServiceAccount } from "./service-account";
import type { GrantedTable, TableGrants } from "./table-grants";

export interface FlinkPrincipalProps {
  readonly displayName: string;
  readonly description: string;
  readonly environment: Environment;
  readonly cluster: KafkaCluster;
  readonly tables: TableGrants;

  /** Tables that its statements read. */
  readonly reads: readonly GrantedTable[];

  /** Tables that its statements write. */
  readonly writes: readonly GrantedTable[];
}

/**
 * The identity that Flink statements run as, with exactly the roles that they need: submit in the environment,
 * read sources, write sinks, and use the transactions with which Flink commits. It submits its statements itself, so
 * that nobody has to be allowed to run them as somebody else (`Assigner`).
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
    new RoleBinding(this.account, "Submit", {
      role: "FlinkDeveloper",
      crnPattern: props.environment.resourceName,
    });
    for (const role of ["DeveloperRead", "DeveloperWrite"] as const) {
      new RoleBinding(this.account, `${role}-transactions`, {
        role,
        crnPattern: props.cluster.crnOf("transactional-id", "_confluent-flink_*"),
      });
    }
    for (const table of props.reads) {
      props.tables.read(table, this.account);
    }
    for (const table of props.writes) {
      props.tables.write(table, this.account);
    }
  }
}
