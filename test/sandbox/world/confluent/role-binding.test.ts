import { text } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";

test("the state holds everything that the schema declares", async () => {
  const platform = await Platform.create();
  const account = await platform.account("reader");
  const binding = await platform.grant(account, "DeveloperRead", platform.topicCrn("orders"));

  expect(binding).toEqual({
    id: expect.stringMatching(/^rb-/),
    principal: `User:${account}`,
    role_name: "DeveloperRead",
    crn_pattern: platform.topicCrn("orders"),
    disable_wait_for_ready: false,
  });
  expect(await platform.terraform.read("role_binding", binding)).toEqual(binding);
});

test.each<[string, string, (platform: Platform) => string]>([
  [
    "OrganizationAdmin",
    "the organization",
    ({ organization }) => text(organization, "resource_name"),
  ],
  ["EnvironmentAdmin", "the environment", ({ environment }) => text(environment, "resource_name")],
  ["CloudClusterAdmin", "the cluster", ({ cluster }) => text(cluster, "rbac_crn")],
  ["ResourceOwner", "a topic that does not exist yet", (platform) => platform.topicCrn("later")],
  ["ResourceOwner", "all topics", (platform) => platform.topicCrn("*")],
  ["ResourceOwner", "all subjects", (platform) => platform.subjectCrn("*")],
  [
    "ResourceOwner",
    "all transactional ids",
    (platform) => platform.topicCrn("*", "transactional-id"),
  ],
  ["DeveloperWrite", "topics by prefix", (platform) => platform.topicCrn("team-*")],
  ["DeveloperRead", "consumer groups", (platform) => platform.topicCrn("*", "group")],
  ["DeveloperRead", "an escaped subject", (platform) => platform.subjectCrn("%3A.a%3Ab")],
  ["FlinkDeveloper", "the environment", ({ environment }) => text(environment, "resource_name")],
  ["FlinkDeveloper", "a compute pool", ({ pool }) => text(pool, "resource_name")],
])("%s can be bound to %s", async (role, _target, crnOf) => {
  const platform = await Platform.create();
  const binding = await platform.grant(await platform.account("a"), role, crnOf(platform));

  expect(binding["crn_pattern"]).toBe(crnOf(platform));
});

test("Assigner can be bound to a service account", async () => {
  const platform = await Platform.create();
  const runner = await platform.account("runner");
  const crn = `${text(platform.organization, "resource_name")}/service-account=${runner}`;

  expect(await platform.grant(await platform.account("submitter"), "Assigner", crn)).toMatchObject({
    crn_pattern: crn,
  });
});

test.each<[string, (platform: Platform) => { role?: string; crn: string }, string]>([
  [
    "an unknown organization",
    () => ({ crn: "crn://confluent.cloud/organization=other" }),
    "404 Not Found: Resource Not Found\norganization=other in the CRN pattern does not exist",
  ],
  [
    "an unknown environment",
    ({ organization }) => ({ crn: `${text(organization, "resource_name")}/environment=env-none` }),
    "404 Not Found: Resource Not Found\nenvironment=env-none in the CRN pattern does not exist",
  ],
  [
    "an unknown cluster",
    ({ environment }) => ({ crn: `${text(environment, "resource_name")}/cloud-cluster=lkc-none` }),
    "404 Not Found: Resource Not Found\ncloud-cluster=lkc-none in the CRN pattern does not exist",
  ],
  [
    "another cluster's Kafka",
    ({ cluster }) => ({ crn: `${text(cluster, "rbac_crn")}/kafka=lkc-none/topic=t` }),
    "404 Not Found: Resource Not Found\nkafka=lkc-none in the CRN pattern does not exist",
  ],
  [
    "an unknown registry",
    ({ environment }) => ({
      crn: `${text(environment, "resource_name")}/schema-registry=lsrc-none`,
    }),
    "404 Not Found: Resource Not Found\nschema-registry=lsrc-none in the CRN pattern does not exist",
  ],
  [
    "an unknown pool",
    ({ environment }) => ({
      crn: `${text(environment, "resource_name")}/flink-region=aws.us-east-1/compute-pool=lfcp-none`,
    }),
    "404 Not Found: Resource Not Found\ncompute-pool=lfcp-none in the CRN pattern does not exist",
  ],
  [
    "a region without Flink",
    ({ environment }) => ({ crn: `${text(environment, "resource_name")}/flink-region=aws.mars-1` }),
    "404 Not Found: Resource Not Found\nflink-region=aws.mars-1 in the CRN pattern does not exist",
  ],
  [
    "an unknown service account",
    ({ organization }) => ({
      crn: `${text(organization, "resource_name")}/service-account=sa-none`,
    }),
    "404 Not Found: Resource Not Found\nservice-account=sa-none in the CRN pattern does not exist",
  ],
  [
    "a topic without its Kafka cluster",
    ({ cluster }) => ({ crn: `${text(cluster, "rbac_crn")}/topic=t` }),
    "400 Bad Request: Invalid CRN pattern\ntopic=t cannot follow cloud-cluster; what can: kafka",
  ],
  [
    "a star in the middle",
    (platform) => ({ crn: platform.topicCrn("a*b") }),
    "400 Bad Request: Invalid CRN pattern\ntopic=a*b has a * that is not its last character",
  ],
  [
    "no resource name",
    () => ({ crn: "crn://confluent.cloud/x" }),
    "400 Bad Request: Invalid CRN pattern crn://confluent.cloud/x",
  ],
  [
    "the wrong type for the role",
    ({ environment }) => ({ crn: text(environment, "resource_name") }),
    "400 Bad Request: Role DeveloperRead cannot be bound to a resource of type environment\n" +
      "it can be bound to: topic, group, transactional-id, subject",
  ],
])("fails for %s", async (_case, asked, message) => {
  const platform = await Platform.create();
  const account = await platform.account("a");
  const { role = "DeveloperRead", crn } = asked(platform);
  const refusal = await platform.terraform.refusal("create", "role_binding", {
    planned: planned.roleBinding(account, role, crn),
  });

  expect(refusal).toBe(`error creating role binding "User:${account}": ${message}`);
});

test("fails for a role that does not exist", async () => {
  const platform = await Platform.create();
  const account = await platform.account("a");
  const refusal = await platform.terraform.refusal("create", "role_binding", {
    planned: planned.roleBinding(account, "Emperor", platform.topicCrn("t")),
  });

  expect(refusal).toContain(
    "400 Bad Request: Role Emperor does not exist\nknown: OrganizationAdmin, ",
  );
});

test("fails for a principal that does not exist", async () => {
  const platform = await Platform.create();

  expect(
    await platform.terraform.refusal("create", "role_binding", {
      planned: planned.roleBinding("sa-none", "DeveloperRead", platform.topicCrn("t")),
    }),
  ).toBe(
    'error creating role binding "User:sa-none": 404 Not Found: Service Account Not Found\n"sa-none" does not exist',
  );
});

test("fails when the same binding exists, and works again once it is gone", async () => {
  const platform = await Platform.create();
  const { terraform } = platform;
  const account = await platform.account("a");
  const binding = await platform.grant(account, "DeveloperRead", platform.topicCrn("t"));

  expect(
    await terraform.refusal("create", "role_binding", {
      planned: planned.roleBinding(account, "DeveloperRead", platform.topicCrn("t")),
    }),
  ).toBe(
    `error creating role binding "User:${account}": 409 Conflict: Role binding already exists\nit is ${text(binding, "id")}`,
  );
  await terraform.delete("role_binding", binding);
  const again = await platform.grant(account, "DeveloperRead", platform.topicCrn("t"));
  expect(again["id"]).not.toBe(binding["id"]);
});

test("a Basic cluster has no roles on topics, and roles on itself", async () => {
  const platform = await Platform.create();
  const { terraform, ids } = platform;
  const basic = await terraform.create(
    "kafka_cluster",
    planned.kafkaCluster(ids.environment, "small", "basic"),
  );
  const id = text(basic, "id");
  const account = await platform.account("a");

  expect(
    await terraform.refusal("create", "role_binding", {
      planned: planned.roleBinding(
        account,
        "DeveloperRead",
        `${text(basic, "rbac_crn")}/kafka=${id}/topic=orders`,
      ),
    }),
  ).toBe(
    `error creating role binding "User:${account}": 400 Bad Request: Role bindings on Kafka resources are not supported for Basic clusters\n` +
      `${id} is a Basic cluster; roles on a topic need Standard or above`,
  );
  await platform.grant(account, "CloudClusterAdmin", text(basic, "rbac_crn"));
});

test("the wait flag changes in Terraform only", async () => {
  const platform = await Platform.create();
  const binding = await platform.grant(
    await platform.account("a"),
    "DeveloperRead",
    platform.topicCrn("t"),
  );

  expect(
    await platform.terraform.update("role_binding", binding, { disable_wait_for_ready: true }),
  ).toEqual({ ...binding, disable_wait_for_ready: true });
});

test("one that is gone reads as gone and cannot be deleted again", async () => {
  const platform = await Platform.create();
  const { terraform } = platform;
  const binding = await platform.grant(
    await platform.account("a"),
    "DeveloperRead",
    platform.topicCrn("t"),
  );
  await terraform.delete("role_binding", binding);

  expect(await terraform.read("role_binding", binding)).toBeNull();
  expect(await terraform.refusal("delete", "role_binding", { prior: binding })).toBe(
    `error deleting role binding "${text(binding, "id")}": 403 Forbidden: Either unauthorized to access role binding or role binding does not exist`,
  );
});

test("can be imported by its id", async () => {
  const platform = await Platform.create();
  const binding = await platform.grant(
    await platform.account("a"),
    "DeveloperRead",
    platform.topicCrn("t"),
  );

  expect(
    await platform.terraform.call("import", "role_binding", { id: text(binding, "id") }),
  ).toEqual({ state: binding, diagnostics: [] });
});
