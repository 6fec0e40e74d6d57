import type { KafkaCluster } from "./kafka-cluster";
import { RoleBinding, type Role, type RoleBindingProps } from "./role-binding";
import type { SchemaRegistry } from "./schema-registry";
import type { ServiceAccount } from "./service-account";

/** A table as far as permissions go: its topic's name, and whether the registry holds a schema for its keys. */
export interface GrantedTable {
  readonly name: string;

  /** The key schema's file. @default - keys have no schema, so there is no key subject to grant */
  readonly keySchema?: string;
}

/**
 * Permissions on the tables of a cluster. A table is a topic together with its key and value subject, and may be
 * granted before it exists: Confluent binds roles to name patterns.
 */
export class TableGrants {
  constructor(
    private readonly cluster: KafkaCluster,
    private readonly registry: SchemaRegistry,
  ) {}

  /** Read records and their schemas. */
  read(table: GrantedTable, grantee: ServiceAccount): void {
    this.bindTopic(table.name, grantee, "DeveloperRead");
    this.bindSubjects(table, grantee);
  }

  /** Write records. Reading the schema comes with it; registering one does not. */
  write(table: GrantedTable, grantee: ServiceAccount): void {
    this.bindTopic(table.name, grantee, "DeveloperWrite");
    this.bindSubjects(table, grantee);
  }

  /**
   * Create, change and delete all topics and schemas, without reading or writing records. All, because a binding for
   * each table would be taken away before the topic that the same change removes.
   */
  manageAll(grantee: ServiceAccount): void {
    this.bindTopic("*", grantee, "DeveloperManage");
    for (const role of ["DeveloperRead", "DeveloperWrite", "DeveloperManage"] as const) {
      this.bindSubject("*", grantee, role);
    }
  }

  private bindTopic(name: string, grantee: ServiceAccount, role: Role): void {
    const crnPattern = this.cluster.crnOf("topic", name);
    bindOnce(grantee, `${role}-topic-${name}`, { role, crnPattern });
  }

  private bindSubjects({ name, keySchema }: GrantedTable, grantee: ServiceAccount): void {
    // One binding a subject: the pattern `<table>-*` would match the subjects of a table `<table>-other` as well.
    const parts = keySchema === undefined ? ["value"] : ["key", "value"];
    for (const part of parts) this.bindSubject(`${name}-${part}`, grantee, "DeveloperRead");
  }

  private bindSubject(name: string, grantee: ServiceAccount, role: Role): void {
    const crnPattern = this.registry.crnOf(name);
    bindOnce(grantee, `${role}-subject-${name}`, { role, crnPattern });
  }
}

/** Who reads a table and writes it as well needs its schema in both roles, and Confluent refuses a binding that exists. */
function bindOnce(grantee: ServiceAccount, id: string, props: RoleBindingProps): void {
  if (!grantee.node.tryFindChild(id)) new RoleBinding(grantee, id, props);
}
