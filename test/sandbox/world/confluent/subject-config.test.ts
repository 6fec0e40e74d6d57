import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { Platform } from "../support/platform";

const full = { subject_name: "orders-value", compatibility_level: "FULL" };

async function administered(): Promise<{ platform: Platform; streams: TerraformObject }> {
  const platform = await Platform.create();
  return { platform, streams: await platform.streams(await platform.administrator()) };
}

test("the state holds everything that the schema declares", async () => {
  const { platform, streams } = await administered();
  const { terraform, ids } = platform;
  const config = await terraform.create("subject_config", full, streams);

  expect(config).toEqual({
    id: `${ids.registry}/orders-value`,
    subject_name: "orders-value",
    compatibility_level: "FULL",
    compatibility_group: "",
    normalize: false,
    alias: "",
  });
  expect(await terraform.read("subject_config", config, streams)).toEqual(config);
  const { state } = await terraform.call("import", "subject_config", {
    id: `${ids.registry}/orders-value`,
    configuration: streams,
  });
  expect(state).toMatchObject(config);
});

test("its own arguments are in the state", async () => {
  const { platform, streams } = await administered();
  const own = {
    rest_endpoint: text(streams, "schema_registry_rest_endpoint"),
    credentials: [
      {
        key: text(streams, "schema_registry_api_key"),
        secret: text(streams, "schema_registry_api_secret"),
      },
    ],
    schema_registry_cluster: [{ id: platform.ids.registry }],
  };

  expect(await platform.terraform.create("subject_config", { ...full, ...own })).toMatchObject(own);
});

test("can change", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const config = await terraform.create("subject_config", full, streams);
  const changed = await terraform.update(
    "subject_config",
    config,
    { compatibility_level: "NONE", normalize: true },
    streams,
  );

  expect(changed).toEqual({ ...config, compatibility_level: "NONE", normalize: true });
});

test("fails with nothing in it: the provider sends nothing and finds nothing", async () => {
  const { platform, streams } = await administered();

  expect(
    await platform.terraform.refusal("create", "subject_config", {
      planned: { subject_name: "orders-value", compatibility_group: "v" },
      configuration: streams,
    }),
  ).toBe(
    "error creating Subject Config: 404 Not Found: Subject 'orders-value' does not have subject-level compatibility configured",
  );
});

test("one that is gone reads as gone and cannot be deleted again", async () => {
  const { platform, streams } = await administered();
  const { terraform, ids } = platform;
  const config = await terraform.create("subject_config", full, streams);
  await terraform.delete("subject_config", config, streams);

  expect(await terraform.read("subject_config", config, streams)).toBeNull();
  expect(
    await terraform.refusal("delete", "subject_config", { prior: config, configuration: streams }),
  ).toBe(
    `error deleting Subject Config "${ids.registry}/orders-value": 404 Not Found: Subject 'orders-value' does not have subject-level compatibility configured`,
  );
});

test("one that a key may not see is an error, not one that is gone", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const state = await terraform.create("subject_config", full, streams);
  const configuration = await platform.streams(await platform.account("a"));

  expect(await terraform.refusal("read", "subject_config", { state, configuration })).toContain(
    "error reading Subject Config: 403 Forbidden: User is denied operation ReadCompatibility on Subject: orders-value\n",
  );
});

test("fails to import an id without a registry", async () => {
  const { platform, streams } = await administered();

  expect(
    await platform.terraform.refusal("import", "subject_config", {
      id: "orders-value",
      configuration: streams,
    }),
  ).toContain("invalid format: expected '<SR cluster ID>/<subject name>'");
});

test.each<[string, readonly string[]]>([
  ["DeveloperRead", ["read"]],
  ["DeveloperWrite", []],
  ["DeveloperManage", ["create", "read", "update", "delete"]],
  ["ResourceOwner", ["create", "read", "update", "delete"]],
])("%s on the subject allows %j", async (role, expected) => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const existing = await terraform.create("subject_config", full, streams);
  const account = await platform.account("a");
  await platform.grant(account, role, platform.subjectCrn("orders-*"));
  const configuration = await platform.streams(account);
  const tries = {
    create: { planned: { ...full, subject_name: "orders-key" } },
    read: { state: existing },
    update: { prior: existing, planned: existing },
    delete: { prior: existing },
  } as const;
  const allowed: string[] = [];
  for (const operation of ["create", "read", "update", "delete"] as const) {
    const { diagnostics } = await terraform.call(operation, "subject_config", {
      ...tries[operation],
      configuration,
    });
    if (diagnostics.length === 0) {
      allowed.push(operation);
    } else {
      expect(diagnostics[0]?.summary).toMatch(
        /403 Forbidden: User is denied operation (Read|Write)Compatibility on Subject: /,
      );
    }
  }

  expect(allowed).toEqual(expected);
});
