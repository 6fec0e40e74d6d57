/**
 * What a role allows, by the type of the resource. The operations are those of Confluent's role definitions, as far
 * as the world has calls that need them.
 */
export interface Role {
  /** Types of resource to which the role may be bound, by the last step of the CRN pattern. */
  readonly boundTo: readonly string[];
  readonly allows: Permissions;
}

/** Operations by type of resource. */
type Permissions = Readonly<Record<string, readonly string[]>>;

/** Resources with permissions of their own. A Basic cluster has no roles on the first three. */
export const kafkaResources = ["topic", "group", "transactional-id"] as const;
const dataResources = [...kafkaResources, "subject"];

const everythingInKafka = {
  topic: ["Create", "Alter", "Delete", "Describe", "DescribeConfigs", "Read", "Write"],
  group: ["Read", "Describe", "Delete"],
  "transactional-id": ["Read", "Write", "Describe"],
};
const everythingOnSubjects = {
  subject: ["Read", "Write", "Delete", "ReadCompatibility", "WriteCompatibility"],
};
const everythingOnStatements = { statement: ["Create", "Describe", "Alter", "Delete"] };
const everythingInEnvironment = {
  ...everythingInKafka,
  ...everythingOnSubjects,
  ...everythingOnStatements,
};
const assigning = { "service-account": ["Assign"] };
const flinkScopes = ["organization", "environment", "compute-pool"];

const nothing = { boundTo: ["organization", "environment", "cloud-cluster"], allows: {} };

/**
 * @see https://docs.confluent.io/cloud/current/security/access-control/rbac/predefined-rbac-roles.html
 */
export const roles: ReadonlyMap<string, Role> = new Map<string, Role>([
  [
    "OrganizationAdmin",
    { boundTo: ["organization"], allows: { ...everythingInEnvironment, ...assigning } },
  ],
  ["EnvironmentAdmin", { boundTo: ["environment"], allows: everythingInEnvironment }],
  ["CloudClusterAdmin", { boundTo: ["cloud-cluster"], allows: everythingInKafka }],
  [
    "ResourceOwner",
    { boundTo: dataResources, allows: { ...everythingInKafka, ...everythingOnSubjects } },
  ],
  [
    "DeveloperRead",
    {
      boundTo: dataResources,
      allows: {
        // Without DescribeConfigs: a key with this role alone cannot refresh a topic in Terraform.
        topic: ["Read", "Describe"],
        group: ["Read", "Describe"],
        "transactional-id": ["Read", "Describe"],
        subject: ["Read", "ReadCompatibility"],
      },
    },
  ],
  [
    "DeveloperWrite",
    {
      boundTo: dataResources,
      allows: {
        topic: ["Write", "Describe"],
        "transactional-id": ["Write", "Describe"],
        // Without Read: whoever registers a schema and reads it back needs DeveloperRead as well.
        subject: ["Write"],
      },
    },
  ],
  [
    "DeveloperManage",
    {
      boundTo: dataResources,
      allows: {
        topic: ["Create", "Alter", "Delete", "Describe", "DescribeConfigs"],
        group: ["Describe", "Delete"],
        "transactional-id": ["Describe"],
        subject: ["Delete", "ReadCompatibility", "WriteCompatibility"],
      },
    },
  ],
  ["FlinkAdmin", { boundTo: flinkScopes, allows: everythingOnStatements }],
  ["FlinkDeveloper", { boundTo: flinkScopes, allows: everythingOnStatements }],
  ["Assigner", { boundTo: ["service-account"], allows: assigning }],
  // Roles that open no call of the world. They may be bound, as in the cloud.
  ["AccountAdmin", nothing],
  ["BillingAdmin", nothing],
  ["CloudClusterOperator", nothing],
  ["DataDiscovery", nothing],
  ["DataSteward", nothing],
  ["EnvironmentOperator", nothing],
  ["MetricsViewer", nothing],
  ["NetworkAdmin", nothing],
  ["Operator", nothing],
  ["OrganizationOperator", nothing],
  ["ResourceKeyAdmin", nothing],
]);

export function allows(role: Role, resourceType: string, operation: string): boolean {
  return role.allows[resourceType]?.includes(operation) ?? false;
}

/** Roles that would allow the operation, for an explanation. */
export function rolesAllowing(resourceType: string, operation: string): string {
  return [...roles]
    .filter(([, role]) => allows(role, resourceType, operation))
    .map(([name]) => name)
    .join(", ");
}
