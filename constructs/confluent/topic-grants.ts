import { validate } from "../core/validation";
import type { Grantee } from "./grantee";
import type { KafkaCluster } from "./kafka-cluster";
import { RoleBinding, type Role } from "./role-binding";

/** What a reader of a topic says about itself. */
export interface ConsumeProps {
  /** The consumer group in which it reads; with `*` at its end, every group whose name begins so. */
  readonly group: string;
}

/**
 * Permissions on one topic, as roles. There are no ACLs beside them: every tier that runs this system has roles on
 * topics and groups, a role's binding is made with the Cloud credential instead of a key of the cluster, and one kind of
 * permission is enough to ask who may do what.
 */
export class TopicGrants {
  /** @param topicName of one topic; with `*` at its end, of all whose names begin so */
  constructor(
    private readonly cluster: KafkaCluster,
    private readonly topicName: string,
  ) {}

  /** Write records. With a schema in the registry, the writer reads its subject as well. */
  produce(writer: Grantee): readonly RoleBinding[] {
    return [this.bind(writer, "DeveloperWrite")];
  }

  /** Read records without a consumer group, as Flink does. */
  read(reader: Grantee): readonly RoleBinding[] {
    return [this.bind(reader, "DeveloperRead")];
  }

  /**
   * Read records, and commit offsets in a group.
   *
   * @throws ValidationError when the group is no name or prefix of one
   */
  consume(reader: Grantee, { group }: ConsumeProps): readonly RoleBinding[] {
    validate(reader.bindings, [
      [
        !/^[^*\s]{1,254}\*?$/u.test(group),
        `group must be a consumer group's name, or the beginning of names followed by "*", got ${JSON.stringify(group)}`,
      ],
    ]);
    return [
      ...this.read(reader),
      RoleBinding.once(reader, `DeveloperRead-group-${group}`, {
        role: "DeveloperRead",
        crnPattern: this.cluster.crnOf("group", group),
      }),
    ];
  }

  /** Create, change and delete the topic, without reading or writing records. */
  manage(manager: Grantee): readonly RoleBinding[] {
    return [this.bind(manager, "DeveloperManage")];
  }

  private bind(grantee: Grantee, role: Role): RoleBinding {
    return RoleBinding.once(grantee, `${role}-topic-${this.topicName}`, {
      role,
      crnPattern: this.cluster.crnOf("topic", this.topicName),
    });
  }
}
