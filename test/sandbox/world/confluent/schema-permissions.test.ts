import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";

async function administered(): Promise<{ platform: Platform; streams: TerraformObject }> {
  const platform = await Platform.create();
  return { platform, streams: await platform.streams(await platform.administrator()) };
}

test.each<[readonly string[], readonly string[]]>([
  [["DeveloperRead"], ["read"]],
  [["DeveloperWrite"], []],
  [["DeveloperManage"], ["delete"]],
  [
    ["DeveloperRead", "DeveloperWrite"],
    ["create", "read", "update"],
  ],
  [
    ["DeveloperRead", "DeveloperWrite", "DeveloperManage"],
    ["create", "read", "update", "delete"],
  ],
  [["ResourceOwner"], ["create", "read", "update", "delete"]],
])("%j on the subject allow %j", async (roles, expected) => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const existing = await terraform.create("schema", planned.schema("orders-value"), streams);
  const account = await platform.account("a");
  for (const role of roles) {
    await platform.grant(account, role, platform.subjectCrn("orders-*"));
  }
  const configuration = await platform.streams(account);
  const tries = {
    create: { planned: planned.schema("orders-key") },
    read: { state: existing },
    update: { prior: existing, planned: existing },
    delete: { prior: existing },
  } as const;
  const allowed: string[] = [];
  for (const operation of ["create", "read", "update", "delete"] as const) {
    const { diagnostics } = await terraform.call(operation, "schema", {
      ...tries[operation],
      configuration,
    });
    if (diagnostics.length === 0) {
      allowed.push(operation);
    } else {
      expect(diagnostics[0]?.summary).toMatch(
        /403 Forbidden: User is denied operation (Read|Write|Delete) on Subject: orders-(key|value)$/,
      );
    }
  }

  expect(allowed).toEqual(expected);
});

test("a schema that a key may not see is an error, not one that is gone", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const state = await terraform.create("schema", planned.schema("orders-value"), streams);
  const account = await platform.account("a");

  expect(
    await terraform.refusal("read", "schema", {
      state,
      configuration: await platform.streams(account),
    }),
  ).toBe(
    `error reading Schema: error reading Schema "${text(state, "id")}": 403 Forbidden: User is denied operation Read on Subject: orders-value\n` +
      `${account} may not Read ${platform.subjectCrn("orders-value")}; roles that allow it: OrganizationAdmin, EnvironmentAdmin, ResourceOwner, DeveloperRead`,
  );
});

test("a role on the subject of one table does not reach another's", async () => {
  const platform = await Platform.create();
  const account = await platform.account("a");
  await platform.grant(account, "ResourceOwner", platform.subjectCrn("orders-value"));

  expect(
    await platform.terraform.refusal("create", "schema", {
      planned: planned.schema("orders-value-2"),
      configuration: await platform.streams(account),
    }),
  ).toBe(
    "error creating Schema: 403 Forbidden: User is denied operation Write on Subject: orders-value-2\n" +
      `${account} may not Write ${platform.subjectCrn("orders-value-2")}; roles that allow it: OrganizationAdmin, EnvironmentAdmin, ResourceOwner, DeveloperWrite`,
  );
});

test("a Kafka key opens no registry", async () => {
  const { platform, streams } = await administered();

  expect(
    await platform.terraform.refusal("create", "schema", {
      planned: planned.schema("orders-value"),
      configuration: {
        ...streams,
        schema_registry_api_key: text(streams, "kafka_api_key"),
        schema_registry_api_secret: text(streams, "kafka_api_secret"),
      },
    }),
  ).toMatch(
    /^error creating Schema: 401 Unauthorized: Unauthorized\nAPI key "\w+" is for lkc-\w+, not for lsrc-/,
  );
});
