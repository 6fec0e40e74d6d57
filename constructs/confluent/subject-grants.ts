import type { Grantee } from "./grantee";
import { RoleBinding, type Role } from "./role-binding";
import type { SchemaRegistry } from "./schema-registry";

/** Permissions on one subject of the registry, or on all that begin alike where the name ends with `*`. */
export class SubjectGrants {
  constructor(
    private readonly registry: SchemaRegistry,
    private readonly subjectName: string,
  ) {}

  /** Read its schemas: what a producer of a registered schema needs, and every consumer. */
  read(grantee: Grantee): readonly RoleBinding[] {
    return [this.bind(grantee, "DeveloperRead")];
  }

  /** Register further versions, and read them back. */
  register(grantee: Grantee): readonly RoleBinding[] {
    return [this.bind(grantee, "DeveloperRead"), this.bind(grantee, "DeveloperWrite")];
  }

  /** Register, delete, and set the rule by which versions must be compatible. */
  manage(grantee: Grantee): readonly RoleBinding[] {
    return [...this.register(grantee), this.bind(grantee, "DeveloperManage")];
  }

  private bind(grantee: Grantee, role: Role): RoleBinding {
    return RoleBinding.once(grantee, `${role}-subject-${this.subjectName}`, {
      role,
      crnPattern: this.registry.crnOf(this.subjectName),
    });
  }
}
