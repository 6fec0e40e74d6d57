import type { Grantee } from "./grantee";
import type { KafkaCluster } from "./kafka-cluster";
import type { RoleBinding } from "./role-binding";
import type { SchemaRegistry } from "./schema-registry";
import { SubjectGrants } from "./subject-grants";
import { TopicGrants } from "./topic-grants";

/** A table as far as permissions go: its topic's name, and whether the registry holds a schema for its keys. */
export interface GrantedTable {
  readonly name: string;

  /** The key schema's file. @default - keys have no schema, so there is no key subject to grant */
  readonly keySchema?: string;
}

/**
 * Permissions on the tables of a cluster. A table is a topic together with its key and value subject, and may be
 * granted before it exists: Confluent binds roles to name patterns. Each grant gives the bindings that it consists of,
 * those included that were there, for what must wait for them.
 */
export class TableGrants {
  constructor(
    private readonly cluster: KafkaCluster,
    private readonly registry: SchemaRegistry,
  ) {}

  /** Read records and their schemas. */
  read(table: GrantedTable, grantee: Grantee): readonly RoleBinding[] {
    return [
      ...this.topicOf(table).read(grantee),
      ...this.subjectsOf(table).flatMap((subject) => subject.read(grantee)),
    ];
  }

  /** Write records. Reading the schema comes with it; registering one does not. */
  write(table: GrantedTable, grantee: Grantee): readonly RoleBinding[] {
    return [
      ...this.topicOf(table).produce(grantee),
      ...this.subjectsOf(table).flatMap((subject) => subject.read(grantee)),
    ];
  }

  /** Create the table, change and delete it, and write its records: what a table made by a query needs. */
  own(table: GrantedTable, grantee: Grantee): readonly RoleBinding[] {
    const topic = this.topicOf(table);
    return [
      ...topic.manage(grantee),
      ...topic.produce(grantee),
      ...this.subjectsOf(table).flatMap((subject) => subject.register(grantee)),
    ];
  }

  /**
   * Create, change and delete all topics and schemas, without reading or writing records. All, because a binding for
   * each table would be taken away before the topic that the same change removes.
   */
  manageAll(grantee: Grantee): readonly RoleBinding[] {
    return [
      ...this.topicOf({ name: "*" }).manage(grantee),
      ...new SubjectGrants(this.registry, "*").manage(grantee),
    ];
  }

  private topicOf({ name }: GrantedTable): TopicGrants {
    return new TopicGrants(this.cluster, name);
  }

  private subjectsOf({ name, keySchema }: GrantedTable): readonly SubjectGrants[] {
    // One binding a subject: the pattern `<table>-*` would match the subjects of a table `<table>-other` as well.
    const parts = keySchema === undefined ? ["value"] : ["key", "value"];
    return parts.map((part) => new SubjectGrants(this.registry, `${name}-${part}`));
  }
}
